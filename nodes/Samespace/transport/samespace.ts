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
import { judgeAnswer, judgeFault, type HttpAnswer } from './answer';
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
	const answer = await send(context, connection, {
		method: 'POST',
		url: connection.origin + report.path,
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		body: { filters: request.filters as IDataObject, limit: request.limit, skip: request.skip },
		encoding: 'text',
	});
	return answer.ok ? success(parseBody(String(answer.value.body))) : answer;
}

/** The one place that sends a request of the node: signed by the credential, redirects not followed, statuses as answers. */
export async function send(
	context: RequestContext,
	{ timeoutMs }: Pick<Connection, 'timeoutMs'>,
	options: IHttpRequestOptions,
): Promise<Outcome<HttpAnswer>> {
	try {
		const { statusCode, headers, body } = (await context.helpers.httpRequestWithAuthentication.call(
			context as IAllExecuteFunctions,
			'samespaceApi',
			{
				...options,
				timeout: timeoutMs,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		)) as { statusCode: number; headers: HttpAnswer['headers']; body: unknown };
		return judgeAnswer({ status: statusCode, headers, body }, Date.now());
	} catch (fault) {
		return failed(judgeFault(fault));
	}
}
