/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answer, targetOf } from './answer.ts';
import type { Cluster } from './cluster.ts';
import { control, controlPrefix } from './control.ts';
import { deliver } from './deliver.ts';
import type { LoggedRequest } from './journal.ts';
import { latencyOf } from './latency.ts';

/** A cluster that listens. `close` ends every connection, answered or not. */
export type Listening = { port: number; close: () => Promise<void> };

const biggestBody = 1_000_000;

/** Puts a cluster on 127.0.0.1. @throws when the port is taken */
export async function listen(cluster: Cluster): Promise<Listening> {
	const { port, tls } = cluster.settings;
	const closing = new AbortController();
	const onRequest = (request: IncomingMessage, response: ServerResponse) => {
		response.on('error', () => undefined);
		handle(cluster, request, response, closing.signal).catch((error: unknown) => fail(response, error));
	};
	const server: Server = tls ? createSecureServer(tls, onRequest) : createServer(onRequest);
	// Longer than any pause of a client, so that no request meets a connection that is just closing.
	server.keepAliveTimeout = 60_000;
	server.on('connection', () => cluster.journal.connections++);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const close = () =>
		new Promise<void>((resolve) => {
			closing.abort();
			server.close(() => resolve());
			server.closeAllConnections();
		});
	return { port: (server.address() as AddressInfo).port, close };
}

async function handle(
	cluster: Cluster,
	request: IncomingMessage,
	response: ServerResponse,
	closing: AbortSignal,
): Promise<void> {
	const path = request.url ?? '/';
	if (cluster.settings.control && path.startsWith(controlPrefix)) {
		return control(cluster, path, request.method ?? 'GET', await bodyOf(request), response);
	}
	const { journal, faults, hooks, settings } = cluster;
	const entry = journal.open(request, response, targetOf(cluster, path), settings.apiKey);
	const text = await bodyOf(request);
	entry.body = parsed(text.replaceAll(settings.apiKey, '(key)'));
	watchKey(cluster, entry, request, text);
	const befalling = faults.at(entry);
	const hooked = hooks.at(entry);
	for (const { moment, run } of hooked) if (moment === 'before') run();
	const reply = answer(cluster, entry, path, befalling);
	for (const { moment, run } of hooked) if (moment === 'after') run();
	const latencyMs = latencyOf(cluster.latencyMs, settings.seed, entry.n) + (reply.takesMs ?? 0);
	if (latencyMs > 0) await wait(latencyMs, undefined, { signal: closing });
	await deliver({ response, reply, faults: befalling, entry, journal }, closing);
}

/** The key belongs in its header and nowhere else. */
function watchKey(
	{ settings, violations }: Cluster,
	entry: LoggedRequest,
	request: IncomingMessage,
	body: string,
): void {
	const elsewhere = Object.entries(request.headers)
		.filter(([name]) => name !== 'x-api-key')
		.map(([, value]) => String(value));
	const places = [decoded(request.url ?? ''), body, ...elsewhere];
	if (places.some((place) => place.includes(settings.apiKey))) {
		violations.push(`request ${entry.n}: the key was sent outside the x-api-key header`);
	}
}

function decoded(url: string): string {
	try {
		return decodeURIComponent(url);
	} catch {
		return url;
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of request) {
		pieces.push(piece as Buffer);
		length += (piece as Buffer).length;
		if (length > biggestBody) throw new Error('the body is bigger than any the contract knows');
	}
	return Buffer.concat(pieces).toString();
}

function parsed(text: string): unknown {
	if (text === '') return null;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** A fault of the simulator itself is told to the client as what it is; a closed connection is not one. */
function fail(response: ServerResponse, error: unknown): void {
	if (response.destroyed || (error instanceof Error && error.name === 'AbortError')) return;
	if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
	response.end(`the simulator failed: ${String(error)}`);
}
