/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a CRM, a chat and a help desk of the tests' own, on Node itself */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that a workflow made. */
export interface Received {
	/** Such as 'POST crm.example/api/contacts'. */
	what: string;
	query: URLSearchParams;
	contentType: string;
	body: Buffer;
}

/** What the examples hand things on to, played on loopback: each host that they name ends in '.example'. */
export interface OtherSystems {
	/** A text with all these hosts replaced by this server. */
	redirect(text: string): string;
	received: Received[];
	/** The JSON bodies of one kind of request. */
	bodies(what: string): Array<{ [field: string]: unknown }>;
	/** Whom the CRM knows: contact ids by the digits of the phone number. */
	contacts: Map<string, string>;
	close(): Promise<void>;
}

/** Starts the server. Contacts and tickets get an id when they are made; everything else is answered with `{}`. */
export async function startOtherSystems(): Promise<OtherSystems> {
	const received: Received[] = [];
	const contacts = new Map<string, string>();
	const answer = ({ what, query, body }: Received): object => {
		if (what === 'GET crm.example/api/contacts') {
			const id = contacts.get(digitsOf(query.get('phone')));
			return { contacts: id === undefined ? [] : [{ id }] };
		}
		if (what === 'POST crm.example/api/contacts') {
			const { phone } = JSON.parse(body.toString()) as { phone: string };
			contacts.set(digitsOf(phone), `new ${contacts.size + 1}`);
			return { id: contacts.get(digitsOf(phone)) };
		}
		return what === 'POST desk.example/api/tickets' ? { id: `ticket-${received.length}` } : {};
	};
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost');
			const asked = { what: `${request.method} ${pathname.slice(1)}`, query, contentType: request.headers['content-type'] ?? '', body };
			received.push(asked);
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(asked)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		redirect: (text) => text.replaceAll(/https:\/\/(\w+\.example)/g, `${url}/$1`),
		received,
		bodies: (what) => received.filter((request) => request.what === what).map(({ body }) => JSON.parse(body.toString()) as { [field: string]: unknown }),
		contacts,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const digitsOf = (number: string | null): string => String(number).replace(/\D/g, '');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
