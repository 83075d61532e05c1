/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server whose answers are wrong */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server says in one case. */
export interface Answer {
	status: number;
	body: string;
	/** The connection breaks before the body is whole. */
	breaksOff?: boolean;
}

export interface HostileCluster {
	url: string;
	apiKey: string;
	/** The cases that were asked for. */
	asked: Set<string>;
	/** The case of requests that name none. */
	otherwise: string;
	close(): Promise<void>;
}

/** A cluster on loopback that answers each request by the `case` in its filters. */
export async function startHostileCluster(apiKey: string, answers: ReadonlyMap<string, Answer>): Promise<HostileCluster> {
	const asked = new Set<string>();
	const cluster = { url: '', apiKey, asked, otherwise: '', close };
	const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let text = '';
		for await (const chunk of request) text += String(chunk);
		const { filters } = JSON.parse(text) as { filters?: { case?: string } };
		const name = filters?.case ?? cluster.otherwise;
		const { status, body, breaksOff = false } = answers.get(name) ?? { status: 500, body: 'no such case' };
		// A client that sent another key would make a test of echoes prove nothing.
		if (request.headers['x-api-key'] === apiKey) asked.add(name);
		response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) + (breaksOff ? 10 : 0) });
		if (breaksOff) response.write(body, () => response.destroy());
		else response.end(body);
	}
	async function close(): Promise<void> {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	cluster.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return cluster;
}
