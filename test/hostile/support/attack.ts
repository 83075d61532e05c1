/* eslint-disable @n8n/community-nodes/no-restricted-globals -- asks how much work one input took */
import type { ICredentialDataDecryptedObject, IExecuteFunctions, IHttpRequestOptions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { SamespaceApi } from '../../../credentials/SamespaceApi.credentials';
import { beginExecution } from '../../../nodes/Samespace/operations/execution';
import { runItem } from '../../../nodes/Samespace/operations/runItem';

/** What a cluster of these tests answers. */
export interface Answer {
	statusCode: number;
	headers: { [name: string]: string };
	body: unknown;
}

export interface Attack {
	parameters: { [name: string]: unknown };
	credential?: ICredentialDataDecryptedObject;
	answer?: (request: IHttpRequestOptions, n: number) => Answer;
	itemIndex?: number;
}

/** How one input item ended. */
export interface Result {
	items: INodeExecutionData[];
	error?: NodeApiError | NodeOperationError;
	/** Addresses that something was sent to with the key. */
	signed: string[];
}

const key = 'Voice key of 4711 abcdef';

export const goodCredential = { clusterId: 'acme', apiKey: key, timezone: 'UTC', baseUrl: '' };

const node: INode = { id: 'n', name: 'Samespace', type: 'n8n-nodes-samespace.samespace', typeVersion: 1, position: [0, 0], parameters: {} };
const nothing: Answer = { statusCode: 200, headers: {}, body: '{"total":0,"data":[]}' };
/** A range of ten years by the hour is right, and 87,600 requests: a cluster of these tests refuses the rest. */
const mostRequests = 15;
/** A quadratic step takes minutes for these inputs, a linear one milliseconds. */
const mostMs = 10_000;
const enough: Answer = { statusCode: 401, headers: {}, body: '{}' };

/**
 * Runs one input item in surroundings of no n8n, so that tens of thousands take seconds: parameters come as they are, whatever they are;
 * the real credential signs; nothing is sent.
 *
 * @throws whatever the node throws that is no NodeOperationError or NodeApiError with the item's index: a defect
 */
export async function attack({ parameters, credential = goodCredential, answer = () => nothing, itemIndex = 0 }: Attack): Promise<Result> {
	const signed: string[] = [];
	const httpRequestWithAuthentication = async (_type: string, request: IHttpRequestOptions): Promise<Answer> => {
		const sent = await new SamespaceApi().authenticate(credential, request);
		if (sent.headers?.['x-api-key'] !== undefined) signed.push(String(sent.url));
		return signed.length > mostRequests ? enough : answer(sent, signed.length);
	};
	const context = {
		getNodeParameter: (name: string, _item: number, fallback: unknown) => (Object.hasOwn(parameters, name) ? parameters[name] : fallback),
		getCredentials: async () => credential,
		getTimezone: () => 'UTC',
		getNode: () => node,
		getInputData: () => [],
		continueOnFail: () => false,
		helpers: {
			httpRequestWithAuthentication,
			httpRequest: async () => nothing,
			prepareBinaryData: async (_: unknown, fileName: string, mimeType: string) => ({ data: 'x', fileName, mimeType }),
		},
	} as unknown as IExecuteFunctions;
	const execution = beginExecution(context);
	const started = process.cpuUsage();
	return await runItem(context, itemIndex, execution).finally(() => checkTime(started)).then(
		(items) => ({ items, signed }),
		async (error: unknown) => {
			const isOfN8n = error instanceof NodeApiError || error instanceof NodeOperationError;
			const isSound = isOfN8n && error.context.itemIndex === itemIndex && error.message !== '';
			return isSound ? { items: [], error, signed } : await Promise.reject(error as Error);
		},
	);
}

/** Work, not waiting: a machine that does other things besides takes its time. */
function checkTime(started: NodeJS.CpuUsage): void {
	const { user, system } = process.cpuUsage(started);
	const ms = (user + system) / 1000;
	if (ms > mostMs) throw new Error(`one input took ${ms} ms`);
}
