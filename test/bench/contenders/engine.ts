import type {
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { WorkflowExecute, startExpressions, workflow as n8n } from '../n8n.ts';

const expressions = startExpressions();

/** One node after the input. */
export interface Step {
	name: string;
	type: string;
	version: number;
	node: INodeType;
	parameters: IDataObject;
	/** Type of the credential, where the node has one. */
	credential?: string;
}

/** A credential as n8n would decrypt it, and how a request is signed with it. */
export interface Credential {
	values: ICredentialDataDecryptedObject;
	sign(request: IHttpRequestOptions): Promise<IHttpRequestOptions>;
}

/** Runs nodes one after another in n8n's engine, as in production, and gives the items of the last one. @throws the run's error */
export async function runWorkflow(input: IDataObject[], steps: Step[], credential: Credential): Promise<INodeExecutionData[]> {
	await expressions;
	const chain: Step[] = [{ name: 'Input', type: 'bench.input', version: 1, node: inputNode(input), parameters: {} }, ...steps];
	const nodes = chain.map(nodeOf);
	const nodeOfType = (type: string): INodeType => chain.find((step) => step.type === type)?.node as INodeType;
	const workflow = new n8n.Workflow({
		id: 'bench',
		nodes,
		connections: connectionsOf(chain),
		active: true,
		nodeTypes: { getByName: nodeOfType, getByNameAndVersion: nodeOfType, getKnownTypes: () => ({}) },
		settings: { timezone: 'UTC' },
	});
	const run = await new WorkflowExecute(additionalData(credential), 'trigger').run({ workflow, startNode: nodes[0] });
	await workflow.expression.releaseIsolate();
	const { resultData } = run.data;
	if (resultData.error) throw resultData.error;
	return resultData.runData[chain[chain.length - 1].name]?.[0]?.data?.main?.[0] ?? [];
}

function nodeOf({ name, type, version, parameters, credential }: Step): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: version,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		...(credential ? { credentials: { [credential]: { id: '1', name: 'Bench' } } } : {}),
	};
}

function connectionsOf(chain: Step[]): IConnections {
	const connections: IConnections = {};
	for (const [at, { name }] of chain.slice(1).entries()) {
		connections[chain[at].name] = { main: [[{ node: name, type: n8n.NodeConnectionTypes.Main, index: 0 }]] };
	}
	return connections;
}

function inputNode(input: IDataObject[]): INodeType {
	return {
		description: {
			displayName: 'Input',
			name: 'input',
			group: ['input'],
			version: 1,
			description: 'Gives the items that the workflow starts with',
			defaults: { name: 'Input' },
			inputs: [],
			outputs: [n8n.NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [input.map((json, item) => ({ json, pairedItem: { item } }))],
	};
}

/** As little of n8n around the engine as it needs. */
function additionalData({ values, sign }: Credential): IWorkflowExecuteAdditionalData {
	const credentialsHelper = {
		authenticate: async (_values: unknown, _type: string, request: IHttpRequestOptions | IRequestOptionsSimplified) =>
			await sign(request as IHttpRequestOptions),
		preAuthentication: async () => undefined,
		getParentTypes: () => [],
		getDecrypted: async () => ({ ...values }),
		isCredentialUsableByNode: async () => true,
		runPreAuthentication: async () => undefined,
		getCredentialsProperties: () => [],
	};
	const someUrl = 'http://127.0.0.1/';
	return {
		credentialsHelper: credentialsHelper as unknown as ICredentialsHelper,
		formWaitingBaseUrl: someUrl,
		webhookBaseUrl: someUrl,
		webhookWaitingBaseUrl: someUrl,
		webhookTestBaseUrl: someUrl,
		instanceBaseUrl: someUrl,
		restApiUrl: someUrl,
		variables: {},
		hooks: { runHook: async () => undefined, addHandler: () => undefined, handlers: {} },
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		executionId: 'bench',
	} as unknown as IWorkflowExecuteAdditionalData;
}
