/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReportName } from '../dataset/records.ts';

/** What a request is for; null: no path of the contract. */
export type Target = ReportName | 'recording' | null;

/** One request as the cluster saw it. The key itself is never in here. */
export type LoggedRequest = {
	/** Counts from 1, from 1 again after `clearLog`. */
	n: number;
	/** Real time of arrival, ISO 8601. */
	at: string;
	method: string;
	path: string;
	report: Target;
	/** Whether an x-api-key header was there, and whether it was the right one. */
	keySent: boolean;
	keyOk: boolean;
	/** Lower-case names; keys and authorizations are blanked. */
	headers: Record<string, string>;
	/** The parsed JSON, else the text; null without a body. */
	body: unknown;
	/** The status sent; 0 while or where none was. */
	status: number;
	/** Rows sent and rows of the window, whatever the answer says its total is; null where the answer is no page. */
	rows: number | null;
	total: number | null;
	/** Rows that the database walked over for it: skipped and sent; null where the answer is no page (U16). */
	walked: number | null;
	/** The whole answer was handed over; or the connection ended before, whoever ended it. */
	finished: boolean;
	aborted: boolean;
	/** Milliseconds since 1970, real time; `endedAt` is null while the answer is under way. */
	startedAt: number;
	endedAt: number | null;
	remotePort: number;
};

const secretHeaders = ['x-api-key', 'authorization', 'cookie'];

/** Keeps the log and counts what is under way. */
export class Journal {
	readonly entries: LoggedRequest[] = [];
	connections = 0;
	peakConcurrency = 0;
	private underWay = 0;

	/** Opens an entry that closes by itself when the answer has gone out or the connection has ended. */
	open(request: IncomingMessage, response: ServerResponse, target: Target, apiKey: string): LoggedRequest {
		const key = request.headers['x-api-key'];
		const startedAt = Date.now();
		const entry: LoggedRequest = {
			n: this.entries.length + 1,
			at: new Date(startedAt).toISOString(),
			method: request.method ?? '',
			path: (request.url ?? '').replaceAll(apiKey, '(key)'),
			report: target,
			keySent: key !== undefined,
			keyOk: key === apiKey,
			headers: blanked(request, apiKey),
			body: null,
			status: 0,
			rows: null,
			total: null,
			walked: null,
			finished: false,
			aborted: false,
			startedAt,
			endedAt: null,
			remotePort: request.socket.remotePort ?? 0,
		};
		this.entries.push(entry);
		this.underWay++;
		this.peakConcurrency = Math.max(this.peakConcurrency, this.underWay);
		response.once('finish', () => this.end(entry, true));
		response.once('close', () => this.end(entry, false));
		return entry;
	}

	/** Forgets what was logged; what is under way still counts. */
	clear(): void {
		this.entries.length = 0;
		this.connections = 0;
		this.peakConcurrency = this.underWay;
	}

	/** Rows walked over for all logged pages (U16). */
	get walked(): number {
		return this.entries.reduce((sum, { walked }) => sum + (walked ?? 0), 0);
	}

	/** Closes an entry, once: an answer that has ended cannot end another way. */
	end(entry: LoggedRequest, finished: boolean): void {
		if (entry.endedAt !== null) return;
		this.underWay--;
		entry.endedAt = Date.now();
		entry.finished = finished;
		entry.aborted = !finished;
	}
}

function blanked({ headers }: IncomingMessage, apiKey: string): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			secretHeaders.includes(name) ? '(blanked)' : String(value).replaceAll(apiKey, '(key)'),
		]),
	);
}
