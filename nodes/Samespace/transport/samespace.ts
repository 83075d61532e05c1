import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { failed, success, type Outcome, type PageRequest } from '../reading';
import type { ReportDefinition } from '../reports';
import { judged, judgeFault, type HttpAnswer } from './answer';
import { parseBody } from './body';

type RequestContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

/** Where to send requests, and how long to wait for each. */
export interface Connection {
	origin: string;
	timeoutMs: number;
}

/** Sends one page request, once. Never throws. */
export async function fetchPage(
	context: RequestContext,
	connection: Connection,
	report: ReportDefinition,
	request: PageRequest,
): Promise<Outcome<unknown>> {
	const answer = judged(
		await send(context, {
			method: 'POST',
			url: connection.origin + report.path,
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: { filters: request.filters as IDataObject, limit: request.limit, skip: request.skip },
			encoding: 'text',
			timeout: connection.timeoutMs,
		}),
	);
	return answer.ok ? success(parseBody(String(answer.value.body))) : answer;
}

/** Sends a request that the credential signs. */
export async function send(
	context: RequestContext,
	options: IHttpRequestOptions,
): Promise<Outcome<HttpAnswer>> {
	return await exchange(
		options,
		async (request) => await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, 'samespaceApi', request),
	);
}

/** Sends a request without the key, to an address that is not the cluster's. */
export async function sendUnsigned(context: RequestContext, options: IHttpRequestOptions): Promise<Outcome<HttpAnswer>> {
	// What the credential signs is aborted by n8n itself when the user presses Stop; this is not.
	const abortSignal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return await exchange({ ...options, abortSignal }, async (request) => await context.helpers.httpRequest(request));
}

/** The one place where a request of the node goes out: redirects are not followed, and every status is an answer. */
async function exchange(
	options: IHttpRequestOptions,
	request: (options: IHttpRequestOptions) => Promise<unknown>,
): Promise<Outcome<HttpAnswer>> {
	try {
		const { statusCode, headers, body } = (await request({
			...options,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: HttpAnswer['headers']; body: unknown };
		return success({ status: statusCode, headers, body });
	} catch (fault) {
		return failed(judgeFault(fault));
	}
}
