/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { faultOf, hasFault } from './fault.ts';
import type { Fault } from './fault.ts';
import type { Journal, LoggedRequest } from './journal.ts';
import type { Reply } from './reply.ts';

/** Long enough for what was written to reach the client before a reset overtakes it. */
const beforeResetMs = 10;

/** A reply on its way out. */
export type Delivery = {
	response: ServerResponse;
	reply: Reply;
	faults: readonly Fault[];
	entry: LoggedRequest;
	journal: Journal;
};

/** Sends a reply as the faults let it go out. `closing` ends every wait. */
export async function deliver(delivery: Delivery, closing: AbortSignal): Promise<void> {
	const { response, reply, faults, entry, journal } = delivery;
	if (hasFault(faults, 'hang')) return;
	if (hasFault(faults, 'refuse')) {
		journal.end(entry, false);
		response.socket?.destroy();
		return;
	}
	const late = faultOf(faults, 'slowHeaders');
	if (late) await wait(late.ms, undefined, { signal: closing });
	entry.status = reply.status;
	// A 204 has no body, so it must not say how long that is: RFC 9110, 8.6.
	const size: Record<string, string> = reply.status === 204 ? {} : { 'content-length': String(reply.length) };
	response.writeHead(reply.status, { ...reply.headers, ...size });
	if (hasFault(faults, 'resetBeforeBody')) return await reset(delivery, closing);
	const half = Math.floor(reply.length / 2);
	const stalls = hasFault(faults, 'stallMidBody');
	if (stalls || hasFault(faults, 'resetMidBody')) {
		await write(response, cut(reply.pieces(), 0, half));
		return stalls ? undefined : await reset(delivery, closing);
	}
	const slow = faultOf(faults, 'slowBody');
	if (slow) {
		await write(response, cut(reply.pieces(), 0, half));
		await wait(slow.ms, undefined, { signal: closing });
	}
	await write(response, cut(reply.pieces(), slow ? half : 0, reply.length));
	response.end();
}

async function reset({ response, entry, journal }: Delivery, closing: AbortSignal): Promise<void> {
	response.flushHeaders();
	await wait(beforeResetMs, undefined, { signal: closing });
	journal.end(entry, false);
	response.socket?.resetAndDestroy();
}

async function write(response: ServerResponse, pieces: Iterable<Buffer>): Promise<void> {
	for (const piece of pieces) {
		if (response.destroyed) return;
		if (!response.write(piece)) await drainOrClose(response);
	}
}

/** Whichever of both comes; nobody listens for the other one any longer. */
async function drainOrClose(response: ServerResponse): Promise<void> {
	const over = new AbortController();
	await Promise.race(['drain', 'close'].map(async (event) => await once(response, event, { signal: over.signal }))).finally(() => over.abort());
}

/** The bytes from `from` up to `to` of a body in pieces. */
function* cut(pieces: Iterable<Buffer>, from: number, to: number): Iterable<Buffer> {
	let at = 0;
	for (const piece of pieces) {
		const part = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
		if (part.length > 0) yield part;
		at += piece.length;
		if (at >= to) return;
	}
}
