/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { ReportName, Simulator } from '../index.ts';

/** An answer as it came, and its JSON if it is any. */
export type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; text: string; json: unknown };

export type Asking = {
	method?: string;
	path?: string;
	headers?: Record<string, string>;
	/** Sent as it is when text, else as JSON. */
	body?: unknown;
	/** Milliseconds after which the client gives up. */
	giveUpMs?: number;
};

/** A page as most tests read it. */
export type PageBody = { total: number; data: Array<Record<string, unknown>> };

export const pathOf: Record<ReportName, string> = {
	calls: '/manage/api/analytics/sessions',
	sessions: '/manage/api/analytics/logs',
	productivity: '/manage/api/analytics/productivity/v2',
	csat: '/manage/api/analytics/csat',
};

/** One request on a connection of its own. @throws the socket's error when the answer does not arrive whole */
export function send(simulator: Pick<Simulator, 'url' | 'apiKey'>, asking: Asking = {}): Promise<Answer> {
	const { method = 'POST', path = '/', body, giveUpMs } = asking;
	const headers = { 'content-type': 'application/json', 'x-api-key': simulator.apiKey, ...asking.headers };
	return new Promise((resolve, reject) => {
		const outgoing = httpRequest(`${simulator.url}${path}`, { method, headers, agent: false }, (response) => {
			const pieces: Buffer[] = [];
			response.on('error', reject);
			response.on('data', (piece: Buffer) => pieces.push(piece));
			response.on('end', () => {
				const bytes = Buffer.concat(pieces);
				const text = bytes.toString();
				resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text, json: parsed(text) });
			});
		});
		outgoing.on('error', reject);
		if (giveUpMs !== undefined) outgoing.setTimeout(giveUpMs, () => outgoing.destroy(new Error('gave up')));
		outgoing.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
	});
}

/** What a report is asked: ISO times, filters, paging. */
export type ReportQuery = {
	start?: string;
	end?: string;
	filters?: Record<string, unknown>;
	limit?: number;
	skip?: number;
};

/** Posts to a report; times are written as the report takes them, in UTC. */
export function ask(simulator: Simulator, report: ReportName, query: ReportQuery = {}): Promise<Answer> {
	return send(simulator, { path: pathOf[report], body: bodyFor(report, query) });
}

/** The page of a report, in the default envelope. */
export async function page(simulator: Simulator, report: ReportName, query: ReportQuery = {}): Promise<PageBody> {
	const answer = await ask(simulator, report, query);
	if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
	return answer.json as PageBody;
}

function bodyFor(report: ReportName, { start, end, filters, limit, skip }: ReportQuery): unknown {
	const written = (iso: string | undefined) =>
		report === 'calls' || report === 'sessions' ? iso : iso?.slice(0, 19).replace('T', ' ');
	return { filters: { start_time: written(start), end_time: written(end), ...filters }, limit, skip };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
