/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a client of n8n's REST API, and a server that collects */
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios, { type AxiosError, type AxiosInstance } from 'axios';

import { owner, setUpOwner } from '../../playground/owner.ts';

/** n8n's REST API, signed in as its owner. */
export async function signIn(url: string): Promise<AxiosInstance> {
	await setUpOwner(url);
	return await signInAs(url, owner);
}

/** The same, signed in as a new member. Without a mail server, n8n returns the invitation's link to the owner. */
export async function signInAsMember(url: string): Promise<AxiosInstance> {
	const member = { email: 'member@playground.example', password: 'Playground2', firstName: 'Team', lastName: 'Member' };
	const ofOwner = await signIn(url);
	const { data: invited } = await ofOwner.post<{ data: Array<{ user: { inviteAcceptUrl: string } }> }>('/invitations', [
		{ email: member.email, role: 'global:member' },
	]);
	const token = new URL(invited.data[0].user.inviteAcceptUrl).searchParams.get('token');
	await clientOf(url).post('/invitations/accept', { ...member, token });
	return await signInAs(url, member);
}

async function signInAs(url: string, { email, password }: { email: string; password: string }): Promise<AxiosInstance> {
	const rest = clientOf(url);
	const { headers } = await rest.post('/login', { emailOrLdapLoginId: email, password });
	rest.defaults.headers.common.cookie = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
	return rest;
}

// n8n closes a connection that is idle for some seconds, perhaps just as the next request is sent on it.
const httpAgent = new Agent({ keepAlive: false });

/** n8n answers with 503 to everything while its database doesn't: a moment, on a busy machine. */
const mostUnavailableMs = 60_000;

/** A client whose calls give what n8n answers, a 404 included, or throw an error that says what n8n said. */
function clientOf(url: string): AxiosInstance {
	const client = axios.create({ baseURL: `${url}/rest`, httpAgent, proxy: false, timeout: 60_000, validateStatus: (status) => status < 300 || status === 404 });
	const since = new WeakMap<object, number>();
	client.interceptors.response.use(undefined, async ({ message, config, response }: AxiosError) => {
		const now = Date.now();
		if (config && response?.status === 503 && now - (since.get(config) ?? now) < mostUnavailableMs) {
			const again = { ...config };
			since.set(again, since.get(config) ?? now);
			await new Promise((resolve) => setTimeout(resolve, 500));
			return await client.request(again);
		}
		// axios's own error holds its sockets: jest can't hand it from a worker to the report.
		throw new Error(`${message} (${config?.method} ${config?.url}): ${JSON.stringify(response?.data)?.slice(0, 1000)}`);
	});
	return client;
}

/** n8n activates a workflow in a turn of its own, and polls once while it does: on a busy machine that takes a minute. */
const mostPublishingMs = 180_000;

/** Publishes the newest version of a workflow, and gives what n8n says of it once it is through, as the editor shows it. */
export async function publish(rest: AxiosInstance, workflowId: string): Promise<string> {
	const { data: workflow } = await rest.get<{ data: { versionId: string } }>(`/workflows/${workflowId}`);
	const { versionId } = workflow.data;
	const { status: answered } = await rest.post(`/workflows/${workflowId}/activate`, { versionId });
	// n8n 1 knows only active workflows, and says at once what came of it.
	if (answered === 404) return JSON.stringify((await rest.patch(`/workflows/${workflowId}`, { active: true, versionId })).data);
	let status = '';
	await until(async () => {
		const { data } = await rest.get<{ data: { status: string } }>(`/workflows/${workflowId}/publication-status`);
		status = JSON.stringify(data.data);
		return !/"status":"(pending|in_progress|publishing|queued)"/.test(status);
	}, 'the workflow is published or is not', mostPublishingMs);
	return status;
}

/** Something on loopback that workflows send texts to. */
export interface Collector {
	url: string;
	/** What each POST sent, and the ids in there. */
	bodies: Array<{ [field: string]: unknown }>;
	texts: string[];
	close(): Promise<void>;
}

/** Starts a server that keeps the body of each POST. */
export async function startCollector(): Promise<Collector> {
	const bodies: Collector['bodies'] = [];
	const texts: string[] = [];
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += String(chunk)));
		request.on('end', () => {
			const body = JSON.parse(text) as { id: string };
			bodies.push({ ...body });
			texts.push(body.id);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		bodies,
		texts,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Waits until something holds. @throws when it does not in time */
export async function until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 60_000, everyMs = 250): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
