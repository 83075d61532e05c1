/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node itself, not in n8n */
import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from '../reports.ts';
import type { Settings } from '../settings.ts';
import { reportsError } from './answer.ts';
import type { Answer, Failure } from './answer.ts';

const maxBytes = 64 * 1024 * 1024;
const tries = 3;
const backoffMs = 1000;
/** Statuses of gateways (U24). */
const gatewayStatuses = [502, 504, 520, 521, 522, 523, 524, 529, 530];

/** What happened on the way and cannot be asked for: counted, for U10, U24 and U26. */
export type Incident = 'rateLimit' | 'retryAfterSeconds' | 'retryAfterDate' | 'gateway' | 'htmlPage' | 'stall' | 'error200';

/** Sends one request after another, with a pause between, and waits where the cluster asks it to. */
export class Client {
	readonly incidents = new Map<Incident, number>();
	/** Requests so far, tries included. */
	sent = 0;
	private readonly settings: Settings;

	constructor(settings: Settings) {
		this.settings = settings;
	}

	/** POSTs a body to a report. Never throws for what a cluster does: the answer tells. */
	async post({ path }: Report, body: unknown): Promise<Answer> {
		for (let attempt = 1; ; attempt++) {
			if (this.sent >= this.settings.maxRequests) return failed('too many requests already', 0);
			if (this.sent > 0) await wait(this.settings.pauseMs);
			this.sent++;
			const { answer, retryAfter } = await this.once(path, body);
			this.note(answer, retryAfter);
			const waitMs = this.waitBefore(answer, retryAfter, attempt);
			if (waitMs === undefined || attempt === tries) return answer;
			await wait(waitMs);
		}
	}

	private async once(path: string, body: unknown): Promise<{ answer: Answer; retryAfter: string | null }> {
		const { baseUrl, apiKey, timeoutMs } = this.settings;
		const started = performance.now();
		const signal = AbortSignal.timeout(timeoutMs);
		const took = (): number => performance.now() - started;
		try {
			const response = await fetch(baseUrl + path, {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept: 'application/json', 'x-api-key': apiKey },
				body: JSON.stringify(body),
				// A redirect would carry the key to another host.
				redirect: 'manual',
				signal,
			});
			const text = await textWithin(response);
			const retryAfter = response.headers.get('retry-after');
			if (text === undefined) return { answer: failed('an answer over 64 MB', took()), retryAfter };
			return { answer: { status: response.status, ...parsed(text), tookMs: took() }, retryAfter };
		} catch {
			return { answer: failed(signal.aborted ? 'a timeout' : 'no connection', took()), retryAfter: null };
		}
	}

	private note(answer: Answer, retryAfter: string | null): void {
		const add = (incident: Incident): unknown => this.incidents.set(incident, (this.incidents.get(incident) ?? 0) + 1);
		if (answer.status === 429) {
			add('rateLimit');
			if (retryAfter !== null) add(/^\d+$/.test(retryAfter) ? 'retryAfterSeconds' : 'retryAfterDate');
		}
		if (gatewayStatuses.includes(answer.status)) add('gateway');
		if (answer.status === 200 && answer.body === 'html') add('htmlPage');
		if (answer.failure === 'a timeout') add('stall');
		if (reportsError(answer)) add('error200');
	}

	/** How long to wait before the next try; undefined: there is none. */
	private waitBefore(answer: Answer, retryAfter: string | null, attempt: number): number | undefined {
		const passing = answer.status === 429 || answer.status >= 500 || answer.status === 0;
		if (!passing && !reportsError(answer) && !(answer.status === 200 && answer.body === 'html')) return undefined;
		if (answer.failure === 'an answer over 64 MB') return undefined;
		const { maxRetryAfterMs, pauseMs, now } = this.settings;
		const asked = retryAfter === null ? undefined : retryAfterMs(retryAfter, now());
		if (asked !== undefined) return asked > maxRetryAfterMs ? undefined : asked;
		return pauseMs === 0 ? 0 : backoffMs * attempt;
	}
}

function failed(failure: Failure, tookMs: number): Answer {
	return { status: 0, body: 'none', tookMs, failure };
}

/** The body as text, undefined as soon as it is too long. */
async function textWithin({ body }: Response): Promise<string | undefined> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
		length += piece.length;
		if (length > maxBytes) return undefined;
		pieces.push(piece);
	}
	return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string): Pick<Answer, 'body' | 'json'> {
	if (text.trim() === '') return { body: 'none' };
	try {
		return { body: 'json', json: JSON.parse(text) as unknown };
	} catch {
		return { body: /^\s*<(!doctype|html)/i.test(text) ? 'html' : 'text' };
	}
}

function retryAfterMs(text: string, nowMs: number): number | undefined {
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const at = Date.parse(text);
	return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
