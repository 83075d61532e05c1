import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { failed, type Outcome, type PageRequest } from '../reading';
import type { ReportDefinition } from '../reports';
import { judgeAnswer, judgeFault, type HttpAnswer } from './answer';

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
	return await send(context, connection, {
		method: 'POST',
		url: connection.origin + report.path,
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		body: { filters: request.filters as IDataObject, limit: request.limit, skip: request.skip },
		json: true,
	});
}

/** The one place that sends a request of the node: signed by the credential, redirects not followed, statuses as answers. */
export async function send(
	context: RequestContext,
	{ timeoutMs }: Connection,
	options: IHttpRequestOptions,
): Promise<Outcome<unknown>> {
	try {
		const answer = (await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, 'samespaceApi', {
			...options,
			timeout: timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: HttpAnswer['headers']; body: unknown };
		return judgeAnswer({ status: answer.statusCode, headers: answer.headers, body: answer.body }, Date.now());
	} catch (fault) {
		return failed(judgeFault(fault));
	}
}
