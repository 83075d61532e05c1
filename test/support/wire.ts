import type { ICredentialDataDecryptedObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { SamespaceApi } from '../../credentials/SamespaceApi.credentials';
import type { Outcome, PageRequest } from '../../nodes/Samespace/reading';

type Fetch = (request: PageRequest) => Promise<Outcome<unknown>>;

interface Answer {
	statusCode: number;
	headers: { [name: string]: string };
	body: string;
}

/** A request as it leaves the machine. */
export interface Departure {
	url: string;
	headers: { [name: string]: unknown };
	body: unknown;
}

/**
 * The way between transport/ and a fake API, with no network in it: the real credential signs, redirects are followed
 * unless somebody forbids it, and the cluster repeats the key in whatever it says that is not a report.
 */
export class Wire {
	readonly departures: Departure[] = [];

	/** @param redirected which request is answered by a redirect to another host, if any */
	constructor(
		private readonly credential: ICredentialDataDecryptedObject & { apiKey: string },
		private readonly fetch: Fetch,
		private readonly redirected: number | null,
	) {}

	/** As much of n8n as a page request needs. */
	get context(): IExecuteFunctions {
		const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions): Promise<Answer> =>
			await this.send(await new SamespaceApi().authenticate(this.credential, options));
		return { helpers: { httpRequestWithAuthentication } } as unknown as IExecuteFunctions;
	}

	private async send({ url, headers = {}, body, disableFollowRedirect }: IHttpRequestOptions): Promise<Answer> {
		const isRedirected = this.departures.push({ url, headers, body }) === this.redirected;
		const outcome = await this.fetch(body as PageRequest);
		if (!isRedirected) return this.answerOf(outcome);
		const location = 'https://elsewhere.example/';
		if (!disableFollowRedirect) this.departures.push({ url: location, headers, body });
		return { statusCode: 302, headers: { location }, body: '' };
	}

	private answerOf(outcome: Outcome<unknown>): Answer {
		const { apiKey } = this.credential;
		if (outcome.ok) return { statusCode: 200, headers: {}, body: isReport(outcome.value) ? JSON.stringify(outcome.value) : repeating(apiKey, outcome.value) };
		const { kind, status = 0, retryAfterMs } = outcome.failure;
		if (kind === 'timeout') throw Object.assign(new Error(`no answer for ${apiKey}`), { code: 'ETIMEDOUT' });
		if (kind !== 'status') throw new Error(`the line of ${apiKey} is dead`);
		const headers: Answer['headers'] = retryAfterMs === undefined ? {} : { 'retry-after': String(retryAfterMs / 1000) };
		return { statusCode: status, headers, body: JSON.stringify({ message: `not for ${apiKey}` }) };
	}
}

/** A page for browsers with the key in it as it is, or JSON with the key in it as JSON has it. */
function repeating(apiKey: string, value: unknown): string {
	return typeof value === 'string' ? `${apiKey} ${value}` : JSON.stringify({ apiKey, value });
}

function isReport(value: unknown): boolean {
	return Array.isArray(value) || (typeof value === 'object' && value !== null && 'data' in value);
}
