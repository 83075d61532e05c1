import { randomUUID } from 'node:crypto';

import { CredentialTestContext, LoadOptionsContext, PollContext, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type WorkflowActivateMode, type WorkflowExecuteMode,
} from 'n8n-workflow';

import { SamespaceApi } from '../../credentials/SamespaceApi.credentials';
import { Samespace } from '../../nodes/Samespace/Samespace.node.ts';
import { SamespaceTrigger } from '../../nodes/Samespace/SamespaceTrigger.node.ts';

/** What a run in n8n's own engine gave. */
export interface NodeRun {
	items: INodeExecutionData[];
	json: IDataObject[];
	hints: NodeExecutionHint[];
	/** n8n's error, as the editor shows it. */
	error?: { message: string; description?: string | null; context?: IDataObject; httpCode?: string | null };
	status: string;
}

export interface NodeRunOptions {
	/** Parameters of the node; expressions may speak of the input item. */
	parameters: IDataObject;
	/** What n8n opens for each input item, where expressions make a difference. */
	credential: ICredentialDataDecryptedObject | CredentialOfItem;
	/** Input items; one empty item if left out. */
	input?: IDataObject[];
	continueOnFail?: boolean;
	/** The workflow's zone. */
	timezone?: string;
	node?: INodeType;
	/** Called with a function that does what the Stop button does. */
	onStart?: (stop: () => void) => void;
}

type CredentialOfItem = (itemIndex: number) => ICredentialDataDecryptedObject;

/** Runs the node inside n8n-core's WorkflowExecute: real parameters, expressions, credentials, item linking and HTTP. */
export async function runNode(options: NodeRunOptions): Promise<NodeRun> {
	const nodes = [nodeOf('Input', 'test.input', {}), { ...nodeOf('Samespace', 'test.samespace', options.parameters), ...settingsOf(options) }];
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections: { Input: { main: [[{ node: 'Samespace', type: NodeConnectionTypes.Main, index: 0 }]] } },
		active: false,
		nodeTypes: nodeTypesOf({ 'test.input': inputNode(options.input ?? [{}]), 'test.samespace': options.node ?? new Samespace() }),
		settings: { timezone: options.timezone ?? 'UTC' },
	});
	await workflow.expression.acquireIsolate();
	const execution = new WorkflowExecute(additionalDataOf(options.credential), 'manual').run({ workflow, startNode: nodes[0] });
	options.onStart?.(() => execution.cancel('stopped'));
	const run = await execution;
	await workflow.expression.releaseIsolate();
	return resultOf(run);
}

/** The node's surroundings when the editor asks it for a dropdown's list. */
export function dropdownContext(credential: ICredentialDataDecryptedObject): ILoadOptionsFunctions {
	const node = { ...nodeOf('Samespace', 'test.samespace', {}), ...settingsOf({ parameters: {}, credential }) };
	const nodeTypes = nodeTypesOf({ 'test.samespace': new Samespace() });
	const workflow = new Workflow({ id: 'test', nodes: [node], connections: {}, active: false, nodeTypes });
	return new LoadOptionsContext(workflow, node, additionalDataOf(credential), '');
}

/** A trigger as an activated workflow has it: its state outlives each poll, as text, as n8n keeps it. */
export class PolledTrigger {
	/** Whether the last poll emitted anything, be it an empty list. */
	hasEmitted = false;

	private staticData = '{}';

	private workflowId = randomUUID();

	constructor(
		public parameters: IDataObject,
		private readonly credential: ICredentialDataDecryptedObject,
	) {}

	/** One poll, the first of its context; a poll that throws, or a `manual` one, leaves the state as it was. */
	async poll(mode: WorkflowExecuteMode = 'trigger', activation: WorkflowActivateMode = 'update'): Promise<IDataObject[]> {
		const node = {
			...nodeOf('Trigger', 'test.samespaceTrigger', this.parameters),
			...settingsOf({ parameters: {}, credential: this.credential }),
		};
		const workflow = new Workflow({
			id: this.workflowId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: nodeTypesOf({ 'test.samespaceTrigger': new SamespaceTrigger() }),
			staticData: JSON.parse(this.staticData) as IDataObject,
		});
		const context = new PollContext(workflow, node, additionalDataOf(this.credential), mode, activation);
		const output = await new SamespaceTrigger().poll.call(context);
		this.hasEmitted = output !== null;
		if (mode !== 'manual') this.staticData = JSON.stringify(workflow.staticData);
		return (output?.[0] ?? []).map(({ json }) => json);
	}

	/** What n8n keeps. */
	get state(): string {
		return this.staticData;
	}

	/** As after a restart that forgot what was not saved. */
	restore(state: string): void {
		this.staticData = state;
	}

	/** As in a new process, which knows of no poll. */
	restart(): void {
		this.workflowId = randomUUID();
	}
}

/** What the 'Test' of the credential dialog says. */
export async function testCredential(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const context = new CredentialTestContext(additionalDataOf(data));
	const test = new Samespace().methods.credentialTest.samespaceApiTest;
	return await test.call(context, { id: '1', name: 'Samespace', type: 'samespaceApi', data });
}

function resultOf(run: IRun): NodeRun {
	const { resultData } = run.data;
	const task = resultData.runData.Samespace?.[0];
	const items = task?.data?.main?.[0] ?? [];
	return {
		items,
		json: items.map((item) => item.json),
		hints: task?.hints ?? [],
		error: (task?.error ?? resultData.error) as NodeRun['error'],
		status: run.status,
	};
}

function nodeOf(name: string, type: string, parameters: IDataObject): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: parameters as INode['parameters'] };
}

function settingsOf({ continueOnFail }: NodeRunOptions): Partial<INode> {
	return {
		credentials: { samespaceApi: { id: '1', name: 'Samespace' } },
		...(continueOnFail ? { onError: 'continueRegularOutput' as const } : {}),
	};
}

function inputNode(input: IDataObject[]): INodeType {
	return {
		description: {
			displayName: 'Input',
			name: 'input',
			group: ['input'],
			version: 1,
			description: 'Gives the items of a test',
			defaults: { name: 'Input' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [input.map((json, item) => ({ json, pairedItem: { item } }))],
	};
}

function nodeTypesOf(types: { [type: string]: INodeType }): INodeTypes {
	return {
		getByName: (type) => types[type],
		getByNameAndVersion: (type) => types[type],
		getKnownTypes: () => ({}),
	};
}

/** As little of n8n around the engine as it needs. */
function additionalDataOf(credential: NodeRunOptions['credential']): IWorkflowExecuteAdditionalData {
	const type = new SamespaceApi();
	const credentialsHelper = {
		authenticate: async (data: ICredentialDataDecryptedObject, _type: string, request: IHttpRequestOptions) =>
			await type.authenticate(data, request),
		preAuthentication: async () => undefined,
		getParentTypes: () => [],
		getDecrypted: async (...given: unknown[]) => ({ ...(typeof credential === 'function' ? credential((given[6] as { itemIndex?: number } | undefined)?.itemIndex ?? 0) : credential) }),
		isCredentialUsableByNode: async () => true,
		runPreAuthentication: async () => undefined,
		getCredentialsProperties: () => type.properties,
	};
	return {
		credentialsHelper: credentialsHelper as unknown as ICredentialsHelper,
		currentNodeParameters: undefined,
		formWaitingBaseUrl: 'http://127.0.0.1/',
		webhookBaseUrl: 'http://127.0.0.1/',
		webhookWaitingBaseUrl: 'http://127.0.0.1/',
		webhookTestBaseUrl: 'http://127.0.0.1/',
		instanceBaseUrl: 'http://127.0.0.1/',
		restApiUrl: 'http://127.0.0.1/',
		variables: {},
		hooks: { runHook: async () => undefined, addHandler: () => undefined, handlers: {} },
		setExecutionStatus: () => undefined,
		executionTimeoutTimestamp: undefined,
		executionId: 'test',
		sendDataToUI: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}
