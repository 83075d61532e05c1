import type { AxiosInstance } from 'axios';
import type { IDataObject, INode, IRunExecutionData, ITaskData } from 'n8n-workflow';

import type { Cluster } from '../../playground/cluster.ts';
import { until } from './rest.ts';

/** An execution, as n8n's REST API gives it. */
export interface RestRun {
	status: string;
	/** The whole answer, unparsed. */
	text: string;
	/** Why the execution failed, if it did. */
	error?: { name: string; message: string; node?: { name: string } };
	/** The items of a node, of all its runs. */
	items(node: string): IDataObject[];
}

/** Creates a Samespace credential; returns what a node's `credentials` hold. */
export async function addCredential(rest: AxiosInstance, cluster: Cluster): Promise<NonNullable<INode['credentials']>> {
	const name = 'Samespace account';
	const { data } = await rest.post<{ data: { id: string } }>('/credentials', { name, type: 'samespaceApi', data: cluster });
	return { samespaceApi: { id: data.data.id, name } };
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

/** Saves a workflow whose first node starts all others, and runs it to its end. */
export async function runOverRest(rest: AxiosInstance, [start, ...others]: INode[]): Promise<RestRun> {
	const branches = others.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	const workflow = { name: start.name, nodes: [start, ...others], connections: { [start.name]: { main: [branches] } }, settings: {} };
	const { data: saved } = await rest.post<{ data: { id: string } }>('/workflows', workflow);
	const { data: started } = await rest.post<{ data: { executionId: string } }>(`/workflows/${saved.data.id}/run`, {
		workflowData: saved.data,
		triggerToStartFrom: { name: start.name },
	});
	if (started.data?.executionId === undefined) throw new Error(`n8n did not start the workflow: ${JSON.stringify(started)}`);
	let text = '';
	const hasEnded = async (): Promise<boolean> => {
		({ data: text } = await rest.get<string>(`/executions/${started.data.executionId}`, { transformResponse: (body: string) => body }));
		return !/"status":"(new|running|waiting)"/.test(text);
	};
	await until(hasEnded, 'the execution has ended', 60_000, 50);
	const { data: execution } = JSON.parse(text) as { data: { status: string; data: string } };
	const { error, runData = {} } = (unflatten(execution.data) as IRunExecutionData).resultData;
	const tasksOf = (node: string): ITaskData[] => runData[node] ?? [];
	return {
		status: execution.status,
		text,
		error: error as RestRun['error'],
		items: (node) => tasksOf(node).flatMap((task) => (task.data?.main ?? []).flatMap((branch) => (branch ?? []).map(({ json }) => json))),
	};
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
