/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server that misbehaves below the level of the simulator */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

/** What a cluster does with a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A cluster on loopback that does with each request just what a test says. */
export interface RawCluster {
	url: string;
	/** Every request so far: method, path, headers. */
	asked: IncomingMessage[];
	/** Connections that are open. */
	open: Set<Socket>;
	close(): Promise<void>;
}

/** A key with characters that every way of escaping changes. */
export const hostileKey = 'Nr5ux@9D4"EH\\!rhp&2O9G%uuC#S<d';

/** Starts a cluster; a promise of the handler's that fails is nobody's. */
export async function startRawCluster(handler: Handler): Promise<RawCluster> {
	const asked: IncomingMessage[] = [];
	const open = new Set<Socket>();
	const server = createServer((request, response) => {
		asked.push(request);
		response.on('error', () => undefined);
		request.resume();
		handler(request, response);
	});
	server.on('connection', (socket) => {
		open.add(socket);
		socket.on('error', () => undefined);
		socket.once('close', () => open.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		open,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The credential of such a cluster. */
export function credentialOf({ url }: RawCluster, changes: IDataObject = {}): ICredentialDataDecryptedObject {
	return { clusterId: '', apiKey: hostileKey, timezone: 'UTC', baseUrl: url, ...changes } as ICredentialDataDecryptedObject;
}

/** A handler that answers JSON. */
export const json =
	(body: unknown, status = 200): Handler =>
	(_, response) => {
		response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
	};

/** The parameters of one report with all its records. */
export function allOf(operation: string, changes: IDataObject = {}): IDataObject {
	return {
		resource: 'report',
		operation,
		dateRange: 'custom',
		startTime: '2026-03-01T00:00:00Z',
		endTime: '2026-03-02T00:00:00Z',
		returnAll: true,
		output: 'raw',
		options: { maxRetries: 0 },
		...changes,
	};
}

/** Waits until something holds. @throws when it does not within ten seconds */
export async function until(holds: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + 10_000; !holds(); await new Promise((resolve) => setImmediate(resolve))) {
		if (Date.now() > deadline) throw new Error(`not within 10 s: ${what}`);
	}
}
