import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { failed, success, type Outcome, type SentRequest } from '../reading';
import type { ReportDefinition } from '../reports';
import { isSuccess, judgeAnswer, judgeFault, type AnswerHead } from './answers/answer';
import { isBomb, parseJson, plainBody } from './answers/body';
import { isStream, readText } from './answers/stream';
import type { CredentialFields } from './cluster';
import { Lease } from './lease';
import { withoutEcho } from './redact';
import { requestSignal, type UnsignedRequest } from './signing';
import { inTurn } from './turn';

type RequestContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

/** Where to send requests, and how long each may take from sending to its last byte. */
export interface Connection {
	origin: string;
	apiKey: string;
	/** What signs the requests: that of the input item, which an expression may have filled in. */
	credential: CredentialFields;
	timeoutMs: number;
	/** Ends the request. */
	signal?: AbortSignal;
}

/** An answer whose body has not been read. */
export interface OpenAnswer extends AnswerHead {
	body: unknown;
}

/** A page of 1,000 calls has about 1 MB. Text of this size takes several times as much memory once it is parsed. */
const mostPageBytes = 64 * 1024 * 1024;
const mostErrorBytes = 64 * 1024;
const noContent = 204;

/** Sends one page request, once. Never throws. */
export async function fetchPage(
	context: RequestContext,
	{ origin, apiKey, credential, timeoutMs, signal }: Connection,
	report: ReportDefinition,
	request: SentRequest,
): Promise<Outcome<unknown>> {
	const lease = new Lease(timeoutMs, signal);
	const answer = await send(context, { credential, lease }, {
		method: 'POST',
		url: origin + report.path,
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		body: { ...request, filters: request.filters as IDataObject },
	});
	const text = answer.ok ? await readBody(answer.value, lease) : answer;
	lease.end();
	if (!text.ok) return text;
	if (answer.ok && answer.value.status === noContent) return success(null);
	return await parsed(text.value, apiKey);
}

/** Parsing a large page takes a tenth of a second in all: others get their turn in between. */
async function parsed(text: string, apiKey: string): Promise<Outcome<unknown>> {
	if (await inTurn(() => isBomb(text))) return failed({ kind: 'tooLarge' });
	const body = await inTurn(() => parseJson(text));
	return await inTurn(() => success(withoutEcho(plainBody(body, text), text, apiKey)));
}

/** Sends a request that the credential signs; gives its answer as soon as the headers are there. */
export async function send(context: RequestContext, { credential, lease }: { credential: CredentialFields; lease: Lease }, options: IHttpRequestOptions): Promise<Outcome<OpenAnswer>> {
	const request: UnsignedRequest = { ...options, [requestSignal]: lease.signal };
	// Left to itself, n8n opens the credential of the first input item.
	const credentialsDecrypted = { id: '', name: '', type: 'samespaceApi', data: credential as ICredentialDataDecryptedObject };
	return await exchange(request, lease, async (prepared) =>
		await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, 'samespaceApi', prepared, { credentialsDecrypted }),
	);
}

/** Sends a request without the key, to an address that is not the cluster's. */
export async function sendUnsigned(context: RequestContext, lease: Lease, options: IHttpRequestOptions): Promise<Outcome<OpenAnswer>> {
	return await exchange({ ...options, abortSignal: lease.signal }, lease, async (prepared) => await context.helpers.httpRequest(prepared));
}

/** The one place where a request of the node goes out: redirects are not followed, and every status is an answer. */
async function exchange(
	options: IHttpRequestOptions,
	lease: Lease,
	request: (options: IHttpRequestOptions) => Promise<unknown>,
): Promise<Outcome<OpenAnswer>> {
	try {
		const { statusCode, headers, body } = (await request({
			...options,
			encoding: 'stream',
			json: false,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as { statusCode: number; headers: AnswerHead['headers']; body: unknown };
		// Closing a connection makes its body fail, and nobody may be listening any more.
		if (isStream(body)) body.on('error', () => undefined);
		return success({ status: statusCode, headers, body });
	} catch (fault) {
		return failed(judgeFault(fault, lease));
	}
}

/** The text of a success; what went wrong for every other answer, and for one that is too large or breaks off. Never throws. */
export async function readBody(answer: OpenAnswer, lease: Lease): Promise<Outcome<string>> {
	const isGood = isSuccess(answer);
	try {
		const text = await readText(answer.body, isGood ? mostPageBytes : mostErrorBytes);
		if (!isGood) return judgeAnswer(answer, text ?? '', Date.now());
		return text === null ? failed({ kind: 'tooLarge' }) : success(text);
	} catch (fault) {
		return isGood ? failed(judgeFault(fault, lease)) : judgeAnswer(answer, '', Date.now());
	}
}
