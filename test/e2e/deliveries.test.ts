/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a mail server, and a browser's picture */
import type { AddressInfo } from 'node:net';

import axios, { type AxiosInstance } from 'axios';
import { DateTime } from 'luxon';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import { readExamples, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { deliveries } from '../support/deliveries.ts';
import { clusterOf, freshInstance, zoneAtNoon, type FreshInstance } from '../support/instance.ts';
import { publish, signIn, startCollector, until, type Collector } from '../support/rest.ts';
import { runSaved, saveAll } from '../support/restRuns.ts';

const zone = zoneAtNoon();
const today = DateTime.now().setZone(zone).startOf('day');
const login = { user: 'manager', password: 'of the dashboard' };

interface MailServer {
	port: number;
	mails: ParsedMail[];
	close(): Promise<void>;
}

/** A mail server that keeps what it gets. */
async function startMailServer(): Promise<MailServer> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _, done) => void simpleParser(stream).then((mail) => (mails.push(mail), done()), done),
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	return { port, mails, close: async () => await new Promise((resolve) => server.close(resolve)) };
}

let simulator: Simulator;
let crm: Collector;
let chat: Collector;
let mail: MailServer;
let instance: FreshInstance;
let rest: AxiosInstance;

/** The examples with the receivers of this test in place of those that they name. */
function withReceivers(): WorkflowFile[] {
	const text = JSON.stringify(readExamples().filter(({ name }) => deliveries.includes(name)));
	return JSON.parse(text.replace('https://crm.example/api/tasks', crm.url).replace('https://chat.example/hooks/missed-calls', chat.url)) as WorkflowFile[];
}

const idOf = (name: string): string => readExamples().find((example) => example.name === name)?.id ?? '';

beforeAll(async () => {
	[simulator, crm, chat, mail] = [await startSimulator(), await startCollector(), await startCollector(), await startMailServer()];
	instance = await freshInstance({ timezone: zone }, simulator);
	await instance.start();
	rest = await signIn(instance.url);
	await saveAll(
		rest,
		clusterOf(simulator),
		withReceivers(),
		{ name: 'Mail server', type: 'smtp', data: { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true, user: '', password: '' } },
		{ name: 'Dashboard login', type: 'httpBasicAuth', data: login },
	);
}, 240_000);

afterAll(async () => {
	await instance?.stop();
	for (const server of [simulator, crm, chat, mail]) await server?.close();
}, 60_000);

/** The last nine digits of the customer's number. */
const digitsOf = (number: unknown): string => String(number).replace(/\D/g, '').slice(-9);

it('each number that nobody has spoken with since becomes a task of the CRM, once', async () => {
	expect((await runSaved(rest, idOf('Follow-ups to a CRM'))).error).toBeUndefined();
	const owed = new Map<string, number>();
	for (const { direction, caller, callee, answer_time: answered, start_time: start, end_time: end } of simulator.truth.calls({ start: today.minus({ days: 6 }).toISO() ?? '' })) {
		const number = digitsOf(direction === 'in' ? caller : callee);
		const waited = (Date.parse(String(end)) - Date.parse(start)) / 1000;
		if (answered !== null) owed.delete(number);
		else if (direction === 'in' && waited >= 5 && number.length >= 7) owed.set(number, (owed.get(number) ?? 0) + 1);
	}
	expect(owed.size).toBeGreaterThan(10);
	expect(new Map(crm.bodies.map((task) => [String(task.external_id).replace('call-back-', ''), task.missed_calls]))).toEqual(owed);
	expect(crm.bodies).toHaveLength(owed.size);
}, 120_000);

it("last week's dashboard arrives complete by email", async () => {
	expect((await runSaved(rest, idOf('Weekly dashboard email'))).error).toBeUndefined();
	expect(mail.mails).toHaveLength(1);
	const [{ subject, html }] = mail.mails;
	const monday = today.startOf('week').minus({ weeks: 1 });
	expect(subject).toBe("Last week's calls");
	expect(html).toContain(`${monday.setLocale('en').toFormat('d LLL yyyy')}, 00:00 to ${monday.plus({ days: 6 }).setLocale('en').toFormat('d LLL yyyy')}, 23:59`);
	expect(html).toContain('Inbound calls by day of week and hour');
	expect(String(html).trim().endsWith('</html>')).toBe(true);
}, 120_000);

describe('in an n8n that runs', () => {
	it('the dashboard is a web page that only opens with the login', async () => {
		expect(await publish(rest, idOf('Dashboard as a web page'))).toContain('"published"');
		const address = `${instance.url}/webhook/samespace-dashboard`;
		const open = async (auth?: { username: string; password: string }) => await axios.get<string>(address, { auth, proxy: false, validateStatus: () => true, timeout: 60_000 });
		let page = await open({ username: login.user, password: login.password });
		await until(async () => (page = await open({ username: login.user, password: login.password })).status === 200, 'the page is there');
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.data).toContain('<h1');
		expect(page.data).toContain(`${today.setLocale('en').toFormat('d LLL yyyy')}, 00:00 to `);
		expect(page.data).toContain(`, compared with ${today.minus({ days: 1 }).setLocale('en').toFormat('d LLL yyyy')}, 00:00 to `);
		expect((await open()).status).toBe(401);
	}, 120_000);

	it("a missed call is posted to the chat once, and an answered one isn't", async () => {
		expect(await publish(rest, idOf('Missed calls to a chat'))).toContain('"published"');
		const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
		const call = { direction: 'in', team_name: 'Sales', start_time: ago(40), end_time: ago(5) };
		simulator.addCall({ ...call, _id: 'missed', caller: '+491234567890', answer_time: null });
		simulator.addCall({ ...call, _id: 'answered', caller: '+499876543210', answer_time: ago(35) });
		await until(() => chat.bodies.some(({ text }) => String(text).includes('+491234567890')), 'the chat is told', 240_000);
		const time = DateTime.fromISO(call.start_time).setZone(zone).toFormat('HH:mm');
		expect(chat.bodies.filter(({ text }) => String(text).includes('+49'))).toEqual([{ text: `Missed call from +491234567890 to Sales at ${time}` }]);
	}, 300_000);
});
