import type { AxiosInstance } from 'axios';
import type { IBinaryData, IConnections, IDataObject, INode, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

import type { Cluster } from '../../playground/cluster.ts';
import type { CredentialFile, WorkflowFile } from '../../playground/workflows.ts';
import { until } from './rest.ts';

/** An execution, as n8n's REST API gives it. */
export interface RestRun {
	status: string;
	/** How long it took. */
	ms: number;
	/** The whole answer, unparsed. */
	text: string;
	/** Why the execution failed, if it did. */
	error?: { name: string; message: string; node?: { name: string } };
	/** The data of a node's items, of all its runs. */
	items(node: string): IDataObject[];
	/** To which input items they belong. */
	links(node: string): Array<INodeExecutionData['pairedItem']>;
	/** The files of these items. */
	files(node: string): IBinaryData[];
	/** What the node had to say of its run. */
	hints(node: string): string[];
}

/** Creates a Samespace credential; returns what a node's `credentials` hold. */
export async function addCredential(rest: AxiosInstance, cluster: Cluster): Promise<NonNullable<INode['credentials']>> {
	return await saveCredential(rest, { name: 'Samespace account', type: 'samespaceApi', data: cluster });
}

async function saveCredential(rest: AxiosInstance, credential: CredentialFile): Promise<NonNullable<INode['credentials']>> {
	const { data } = await rest.post<{ data: { id: string } }>('/credentials', credential);
	return { [credential.type]: { id: data.data.id, name: credential.name } };
}

/**
 * Gives an n8n the examples' credential, others, and workflows whose nodes name a credential of that type: in a moment, where n8n's own import
 * takes as long as its start.
 */
export async function saveAll(rest: AxiosInstance, cluster: Cluster, workflows: WorkflowFile[], ...others: CredentialFile[]): Promise<void> {
	const credentials = new Map<string, NonNullable<INode['credentials']>>([['samespaceApi', await addCredential(rest, cluster)]]);
	for (const { name, type, data } of others) credentials.set(type, await saveCredential(rest, { name, type, data }));
	for (const workflow of workflows) {
		const nodes = workflow.nodes.map((node) => {
			const own = Object.keys(node.credentials ?? {}).map((type) => credentials.get(type));
			return { ...node, credentials: Object.assign({}, ...own) as INode['credentials'] };
		});
		await rest.post('/workflows', { settings: {}, ...workflow, nodes, active: false });
	}
}

/** The node that starts a workflow by hand. */
export const manualStart: INode = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A node of the package, without its credential. */
export function samespaceNode(name: string, parameters: IDataObject, type: 'samespace' | 'samespaceTrigger' = 'samespace'): INode {
	const ofPackage = `n8n-nodes-samespace.${type}`;
	return { id: name, name, type: ofPackage, typeVersion: 1, position: [300, 0], parameters: parameters as INode['parameters'] };
}

/** An execution that goes on. */
export interface StartedRun {
	id: string;
	/** Its end. @throws when that does not come in time */
	ended(withinMs?: number): Promise<RestRun>;
}

/** Saves a workflow whose first node starts all others, and runs it to its end. */
export async function runOverRest(rest: AxiosInstance, nodes: INode[]): Promise<RestRun> {
	return await (await startOverRest(rest, nodes)).ended();
}

/** Saves a workflow whose first node starts all others, and starts it. */
export async function startOverRest(rest: AxiosInstance, [start, ...others]: INode[]): Promise<StartedRun> {
	const connections = { [start.name]: { main: [others.map(targetOf)] } };
	return await saveAndStart(rest, [start, ...others], connections);
}

/** The same with a workflow in which each node starts the next. */
export async function startChain(rest: AxiosInstance, nodes: INode[]): Promise<StartedRun> {
	const connections = Object.fromEntries(nodes.slice(1).map((node, at) => [nodes[at].name, { main: [[targetOf(node)]] }]));
	return await saveAndStart(rest, nodes, connections);
}

const targetOf = ({ name }: INode) => ({ node: name, type: 'main' as const, index: 0 });

async function saveAndStart(rest: AxiosInstance, nodes: INode[], connections: IConnections): Promise<StartedRun> {
	const { name } = nodes[0];
	const { data: saved } = await rest.post<{ data: SavedWorkflow }>('/workflows', { name, active: false, nodes, connections, settings: {} });
	return await startSaved(rest, saved.data, name);
}

/** Runs a saved workflow from its Manual Trigger to its end. */
export async function runSaved(rest: AxiosInstance, id: string): Promise<RestRun> {
	const { data: saved } = await rest.get<{ data: SavedWorkflow }>(`/workflows/${id}`);
	const start = saved.data.nodes.find(({ type }) => type === manualStart.type)?.name ?? '';
	return await (await startSaved(rest, saved.data, start)).ended();
}

interface SavedWorkflow {
	id: string;
	nodes: INode[];
}

async function startSaved(rest: AxiosInstance, workflow: SavedWorkflow, start: string): Promise<StartedRun> {
	const { data: started } = await rest.post<{ data: { executionId: string } }>(`/workflows/${workflow.id}/run`, {
		workflowData: workflow,
		triggerToStartFrom: { name: start },
	});
	if (started.data?.executionId === undefined) throw new Error(`n8n did not start the workflow: ${JSON.stringify(started)}`);
	const id = started.data.executionId;
	return { id, ended: async (withinMs = 60_000) => await endOf(rest, id, withinMs) };
}

interface SavedExecution {
	status: string;
	startedAt: string;
	stoppedAt: string;
	/** As `flatted` writes it. */
	data: string;
}

function savedIn(text: string): SavedExecution {
	return (JSON.parse(text) as { data: SavedExecution }).data;
}

async function endOf(rest: AxiosInstance, id: string, withinMs: number): Promise<RestRun> {
	let text = '';
	// n8n 1 says that an execution has ended a moment before its data are there.
	const dataIn = (execution: SavedExecution): IRunExecutionData | undefined => unflatten(execution.data) as IRunExecutionData | undefined;
	const hasEnded = async (): Promise<boolean> => {
		({ data: text } = await rest.get<string>(`/executions/${id}`, { transformResponse: (body: string) => body }));
		return !/"status":"(new|running|waiting)"/.test(text) && dataIn(savedIn(text)) !== undefined;
	};
	await until(hasEnded, `execution ${id} has ended`, withinMs, 50);
	const execution = savedIn(text);
	const { error, runData = {} } = (dataIn(execution) as IRunExecutionData).resultData;
	const whole = (node: string): INodeExecutionData[] =>
		(runData[node] ?? []).flatMap((task) => (task.data?.main ?? []).flatMap((branch) => branch ?? []));
	return {
		status: execution.status,
		ms: Date.parse(execution.stoppedAt) - Date.parse(execution.startedAt),
		text,
		error: error as RestRun['error'],
		items: (node) => whole(node).map(({ json }) => json),
		links: (node) => whole(node).map(({ pairedItem }) => pairedItem),
		files: (node) => whole(node).flatMap(({ binary = {} }) => Object.values(binary)),
		hints: (node) => (runData[node] ?? []).flatMap((task) => (task.hints ?? []).map(({ message }) => message)),
	};
}

/** The status and content that n8n answers with when a file of an execution is downloaded. */
export async function downloadOverRest(rest: AxiosInstance, { id, mimeType }: IBinaryData): Promise<{ status: number; content: Buffer }> {
	const { status, data } = await rest.get<Buffer>('/binary-data', { params: { id, action: 'download', mimeType }, responseType: 'arraybuffer' });
	return { status, content: data };
}

/** The content of a file of an execution, wherever n8n keeps it. @throws when it can't be had */
export async function contentOverRest(rest: AxiosInstance, file: IBinaryData): Promise<Buffer> {
	// n8n 1 keeps files in the execution itself, where nothing else is set.
	if (file.id === undefined) return Buffer.from(file.data, 'base64');
	const { status, content } = await downloadOverRest(rest, file);
	if (status !== 200) throw new Error(`n8n answered with ${status}`);
	return content;
}

/** Parses the format of the npm package `flatted`: a list of values, in which texts inside objects and lists are indices. */
function unflatten(text: string): unknown {
	const parts = JSON.parse(text) as unknown[];
	const made = new Map<string, unknown>();
	const partAt = (place: unknown): unknown => {
		if (typeof place !== 'string') return place;
		const part = parts[Number(place)];
		if (typeof part !== 'object' || part === null) return part;
		if (!made.has(place)) {
			const whole: object = Array.isArray(part) ? [] : {};
			made.set(place, whole);
			for (const [name, at] of Object.entries(part)) Object.assign(whole, { [name]: partAt(at) });
		}
		return made.get(place);
	};
	return partAt('0');
}
