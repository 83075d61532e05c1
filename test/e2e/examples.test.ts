/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the files that the examples write */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import axios, { type AxiosInstance } from 'axios';
import { DateTime } from 'luxon';

import { readCsv } from '../../playground/csv.ts';
import { FILES_FOLDER } from '../../playground/environment.ts';
import { newestRelease } from '../../playground/places.ts';
import { readExamples, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { findServices, installServices } from '../support/findServices.ts';
import { clusterOf, freshInstance, zoneAtNoon, type FreshInstance } from '../support/instance.ts';
import { startMailServer, type MailServer } from '../support/mailServer.ts';
import { nobodyOnThePhone } from '../support/nobodyOnThePhone.ts';
import { startOtherSystems, type OtherSystems } from '../support/otherSystems.ts';
import { publish, signIn, until } from '../support/rest.ts';
import { runSaved, saveAll, type RestRun } from '../support/restRuns.ts';
import { startScriptedModel, type ScriptedModel } from '../support/scriptedModel.ts';
import { postgresLogin, queryPostgres, startPostgres, type Service } from '../support/services.ts';

const zone = zoneAtNoon();
const today = DateTime.now().setZone(zone).startOf('day');
const yesterday = today.minus({ days: 1 });
const login = { username: 'manager', password: 'of the dashboard' };
const ran = new Set<string>();

installServices();
const hasPostgres = findServices().postgres !== undefined;

let simulator: Simulator;
let others: OtherSystems;
let mail: MailServer;
let model: ScriptedModel;
let postgres: Service | undefined;
let instance: FreshInstance;
let rest: AxiosInstance;

beforeAll(async () => {
	[simulator, others, mail] = [await startSimulator({ days: 1130, callsPerDay: 20 }), await startOtherSystems(), await startMailServer()];
	nobodyOnThePhone(simulator);
	model = await startScriptedModel('Calls_by_Team', { startTime: yesterday.toISODate(), endTime: yesterday.toISODate() });
	if (hasPostgres) postgres = await startPostgres();
	instance = await freshInstance({ timezone: zone }, simulator);
	await instance.start();
	rest = await signIn(instance.url);
	await saveAll(
		rest,
		clusterOf(simulator),
		withPublicChat(JSON.parse(others.redirect(JSON.stringify(readExamples()))) as WorkflowFile[]),
		mail.credential,
		{ name: 'Dashboard login', type: 'httpBasicAuth', data: { user: login.username, password: login.password } },
		{ name: 'Postgres account', type: 'postgres', data: { host: '127.0.0.1', port: postgres?.port ?? 0, ...postgresLogin, ssl: 'disable' } },
		{ name: 'OpenAI account', type: 'openAiApi', data: { apiKey: 'none', url: model.url } },
	);
	// Their first poll starts nothing: it passes while the others run.
	for (const name of ['New calls to a CRM', 'Missed calls to a chat', 'Poor ratings to tickets']) await publishExample(name);
}, 240_000);

afterAll(async () => {
	await instance?.stop();
	for (const server of [simulator, others, mail, model]) await server?.close();
	await postgres?.stop();
}, 60_000);

/** The chat can be reached without the editor. */
function withPublicChat(examples: WorkflowFile[]): WorkflowFile[] {
	for (const { parameters } of examples.flatMap(({ nodes }) => nodes).filter(({ type }) => type.endsWith('chatTrigger'))) parameters.public = true;
	return examples;
}

function exampleOf(name: string): WorkflowFile {
	const example = readExamples().find((workflow) => workflow.name === name);
	if (example === undefined) throw new Error(`No example is called '${name}'`);
	ran.add(name);
	return example;
}

async function runExample(name: string): Promise<RestRun> {
	const run = await runSaved(rest, exampleOf(name).id);
	expect(run.error).toBeUndefined();
	return run;
}

async function publishExample(name: string): Promise<void> {
	expect(await publish(rest, exampleOf(name).id)).toContain('"published"');
}

const fileOf = (name: string): string => join(instance.folder, FILES_FOLDER, name);

/** The rows of a file that an example wrote, each as an object of texts. */
const csvOf = (name: string): Array<{ [column: string]: string }> => readCsv(readFileSync(fileOf(name), 'utf8'));

/** The rows of an Excel file, read by the library that n8n itself reads them with. */
function sheetOf(name: string): Array<{ [column: string]: string | number }> {
	const { read, utils } = createRequire(join(newestRelease.packages, 'n8n'))('@e965/xlsx') as {
		read(content: Buffer): { Sheets: { [name: string]: object } };
		utils: { sheet_to_json(sheet: object): Array<{ [column: string]: string | number }> };
	};
	return utils.sheet_to_json(Object.values(read(readFileSync(fileOf(name))).Sheets)[0]);
}

type CallRecord = ReturnType<typeof simulator.truth.calls>[number];

/** What simplified rows show otherwise: times by the workflow's clock, and whole URLs. */
function asSimplified({ start_time: time, direction, caller, callee, recording_url: url }: CallRecord): object {
	return { start_time: DateTime.fromISO(time).setZone(zone).toISO(), phone_number: direction === 'in' ? caller : callee, recording_url: url ? simulator.url + url : url };
}

function texts(record: object, columns: string[]): { [column: string]: string } {
	const fields = record as { [column: string]: unknown };
	return Object.fromEntries(columns.map((column) => [column, String(fields[column] ?? '')]));
}

function countsOf(names: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

/** The last nine digits of a phone number. */
const digitsOf = (number: unknown): string => String(number).replace(/\D/g, '').slice(-9);

describe('the examples that are run by hand or by the clock', () => {
	jest.setTimeout(120_000);

	it("write exactly yesterday's calls to a CSV file", async () => {
		await runExample("Yesterday's calls to a CSV file");
		const truth = simulator.truth.calls({ start: yesterday.toISO() ?? '', end: today.minus(1).toISO() ?? '' });
		const rows = csvOf(`samespace-calls-${yesterday.toFormat('yyyy-MM-dd')}-part-001.csv`);
		const columns = Object.keys(rows[0]);
		expect(columns).toEqual(expect.arrayContaining(['_id', 'start_time', 'caller', 'user_display_name']));
		expect(rows).toEqual(truth.map((call) => texts({ ...call, ...asSimplified(call) }, columns)));
	});

	(hasPostgres ? it : it.skip)('copy three years of calls into PostgreSQL, and a second run changes nothing', async () => {
		const from = today.startOf('month').minus({ months: 36 });
		const truth = simulator.truth.calls({ start: from.toISO() ?? '' }).map(({ _id, duration, start_time: start }) => ({ _id, duration: String(duration), start: String(Date.parse(start)) }));
		expect(truth.length).toBeGreaterThan(20_000);
		const copied = (): object[] =>
			queryPostgres(postgres as Service, 'SELECT _id, duration, round(extract(epoch FROM start_time) * 1000) AS start FROM samespace_calls ORDER BY start_time, _id');
		const inOrder = [...truth].sort((one, other) => Number(one.start) - Number(other.start) || (one._id < other._id ? -1 : 1));
		await runExample('Calls to PostgreSQL');
		expect(copied()).toEqual(inOrder);
		await runExample('Calls to PostgreSQL');
		expect(copied()).toEqual(inOrder);
	});

	it("write yesterday's productivity to an Excel file, the busiest agent first", async () => {
		await runExample('Productivity to Excel');
		const rows = sheetOf(`samespace-productivity-${yesterday.toFormat('yyyy-MM-dd')}.xlsx`);
		const sums = ['session_duration', 'away_time', 'inbound_conversations', 'outbound_conversations'] as const;
		// Totals are asked for in whole seconds, up to the one that takes in the last instant of the day.
		const truth = simulator.truth.productivity({ start: yesterday.toISO() ?? '', end: today.toISO() ?? '' });
		const totals = (all: ReadonlyArray<{ [name: string]: unknown }>): object => Object.fromEntries(all.map((row) => [row.user, sums.map((name) => row[name])]));
		expect(totals(rows)).toEqual(totals(truth as unknown as Array<{ [name: string]: unknown }>));
		const busiest = rows.map((row) => Number(row.inbound_conversations));
		expect(busiest).toEqual([...busiest].sort((a, b) => b - a));
	});

	it("email last week's dashboard", async () => {
		await runExample('Weekly dashboard email');
		expect(mail.mails).toHaveLength(1);
		const [{ subject, html }] = mail.mails;
		const monday = today.startOf('week').minus({ weeks: 1 });
		expect(subject).toBe("Last week's calls");
		expect(html).toContain(`${monday.setLocale('en').toFormat('d LLL yyyy')}, 00:00 to ${monday.plus({ days: 6 }).setLocale('en').toFormat('d LLL yyyy')}, 23:59`);
		expect(html).toContain('Inbound calls by day of week and hour');
		expect(String(html).trim().endsWith('</html>')).toBe(true);
	});

	it('make a task of each number that nobody has spoken with since', async () => {
		await runExample('Follow-ups to a call list');
		const owed = new Map<string, number>();
		for (const { direction, caller, callee, answer_time: answered, start_time: start, end_time: end } of simulator.truth.calls({ start: today.minus({ days: 6 }).toISO() ?? '' })) {
			const number = digitsOf(direction === 'in' ? caller : callee);
			const waited = (Date.parse(String(end)) - Date.parse(start)) / 1000;
			if (answered !== null) owed.delete(number);
			else if (direction === 'in' && waited >= 5 && number.length >= 7) owed.set(number, (owed.get(number) ?? 0) + 1);
		}
		const tasks = others.bodies('POST crm.example/api/tasks');
		expect(owed.size).toBeGreaterThan(10);
		expect(new Map(tasks.map((task) => [String(task.external_id).replace('call-back-', ''), task.missed_calls]))).toEqual(owed);
		expect(tasks).toHaveLength(owed.size);
	});

	it("write last month's hours of each agent and day to an Excel file", async () => {
		await runExample('Agent hours to payroll');
		const month = today.startOf('month').minus({ months: 1 });
		const rows = sheetOf(`samespace-hours-${month.toFormat('yyyy-MM')}.xlsx`);
		const logins = new Map<string, { logins: number; first: string }>();
		let seconds = 0;
		for (const session of simulator.truth.sessions({ start: month.toISO() ?? '', end: month.endOf('month').toISO() ?? '' })) {
			const start = DateTime.fromISO(session.start_time).setZone(zone);
			const key = `${session.user_display_name} ${start.toISODate()}`;
			const { logins: earlier = 0, first = start.toFormat('HH:mm') } = logins.get(key) ?? {};
			logins.set(key, { logins: earlier + 1, first });
			seconds += session.session_duration;
		}
		const written = rows.filter((row) => Number(row.logins) > 0).map((row) => [`${row.agent} ${row.day}`, { logins: row.logins, first: row.first_login }]);
		expect(Object.fromEntries(written)).toEqual(Object.fromEntries(logins));
		// Each of some hundred rows is rounded to a hundredth of an hour, and a shift of the last evening may end in the next month.
		expect(rows.reduce((sum, row) => sum + Number(row.hours), 0)).toBeGreaterThan(seconds / 3600 - 24);
		expect(rows.reduce((sum, row) => sum + Number(row.hours), 0)).toBeLessThan(seconds / 3600 + rows.length * 0.005);
	});

	it('write every call of three years to files', async () => {
		await runExample('Three years as files');
		const truth = simulator.truth.calls({ start: today.minus({ years: 3 }).toISO() ?? '' });
		const files = readdirSync(join(instance.folder, FILES_FOLDER)).filter((name) => /calls-.*-to-.*-part-/.test(name));
		expect(files).toHaveLength(Math.ceil(truth.length / 100_000));
		expect(files.sort().flatMap(csvOf).map(({ _id }) => _id)).toEqual(truth.map(({ _id }) => _id));
	});
});

describe('the examples that are published', () => {
	jest.setTimeout(300_000);
	const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

	it('show the dashboard as a web page that only opens with the login', async () => {
		await publishExample('Dashboard as a web page');
		const open = async (auth?: typeof login) => await axios.get<string>(`${instance.url}/webhook/samespace-dashboard`, { auth, proxy: false, validateStatus: () => true, timeout: 60_000 });
		let page = await open(login);
		await until(async () => (page = await open(login)).status === 200, 'the page is there');
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.data).toContain(`${today.setLocale('en').toFormat('d LLL yyyy')}, 00:00 to `);
		expect(page.data).toContain(`, compared with ${yesterday.setLocale('en').toFormat('d LLL yyyy')}, 00:00 to `);
		expect((await open()).status).toBe(401);
	});

	it("answer 'how was yesterday?' with yesterday's figures", async () => {
		await publishExample('Ask an AI agent');
		const question = readExamples().flatMap(({ nodes }) => nodes).find(({ type }) => type.endsWith('chatTrigger'));
		const ask = async () => await axios.post<{ output?: string }>(`${instance.url}/webhook/${question?.webhookId}/chat`, { action: 'sendMessage', sessionId: 'one', chatInput: 'How was yesterday?' }, { proxy: false, validateStatus: () => true, timeout: 60_000 });
		let answer = await ask();
		await until(async () => answer.status === 200 || (answer = await ask()).status === 200, 'the agent answers');
		const truth = simulator.truth.calls({ start: yesterday.toISO() ?? '', end: today.minus(1).toISO() ?? '' });
		const teams = JSON.parse(answer.data.output ?? '') as Array<{ team: string; calls: number; inbound_answered: number }>;
		const { tools } = model.asked[0];
		expect(tools.map((tool) => tool.function.name).sort()).toEqual(['Calls_by_Team', 'Calls_in_Total', 'Customer_Satisfaction']);
		expect(tools[0].function.description).toContain('Samespace');
		expect(JSON.stringify(tools[0].function.parameters)).toContain('startTime');
		const answered = truth.filter(({ direction, answer_time: time, team_name: team }) => direction === 'in' && time !== null && team !== '');
		const counted = teams.filter(({ team, inbound_answered: count }) => team !== null && count > 0).map(({ team, inbound_answered: count }) => [team, count]);
		expect(counted.sort()).toEqual([...countsOf(answered.map(({ team_name: team }) => team))].sort());
		expect(teams.reduce((sum, { calls }) => sum + calls, 0)).toBe(truth.length);
		expect(answer.data.output).not.toMatch(/\+?\d{9,}/);
	});

	it('hand each new call, missed call and poor rating on, once', async () => {
		others.contacts.set('491234567890', 'known');
		const call = { direction: 'in', team_name: 'Sales', start_time: ago(40), end_time: ago(5) };
		simulator.addCall({ ...call, _id: 'missed', caller: '+491234567890', answer_time: null });
		const rated = simulator.addCall({ ...call, _id: 'answered', caller: '+499876543210', answer_time: ago(35) });
		simulator.addCall({ ...call, _id: 'again', caller: '+49 987 6543210', answer_time: ago(30) });
		simulator.addCall({ ...call, _id: 'withheld', caller: 'anonymous', answer_time: ago(30) });
		simulator.addCsat({ _id: rated.uuid, caller: rated.caller, direction: 'in', start_time: call.start_time, end_time: call.end_time, notes: 'Unhappy' });
		await until(() => others.received.some(({ what }) => what.endsWith('/attachments')), 'the ticket has its recording', 240_000);
		await until(() => others.bodies('POST crm.example/api/activities').length >= 3 && others.bodies('POST chat.example/hooks/missed-calls').length > 0, 'all is handed on', 120_000);

		const time = DateTime.fromISO(call.start_time).setZone(zone).toFormat('HH:mm');
		expect(others.bodies('POST chat.example/hooks/missed-calls')).toEqual([{ text: `Missed call from +491234567890 to Sales at ${time}` }]);

		expect(others.bodies('POST crm.example/api/contacts')).toMatchObject([{ source: 'Samespace' }]);
		const activities = others.bodies('POST crm.example/api/activities').map(({ external_id: id, contact_id: contact }) => [id, contact]);
		expect(Object.fromEntries(activities)).toEqual({ missed: 'known', answered: 'new 2', again: 'new 2' });
		expect(activities).toHaveLength(3);

		expect(others.bodies('POST desk.example/api/tickets')).toMatchObject([{ external_id: rated.uuid, notes: 'Unhappy' }]);
		const attached = others.received.filter(({ what }) => what.endsWith('/attachments'));
		expect(attached).toHaveLength(1);
		expect(attached[0].what).toMatch(/^POST desk\.example\/api\/tickets\/ticket-\d+\/attachments$/);
		expect(attached[0].contentType).toContain('multipart/form-data');
		expect(attached[0].body.includes(simulator.recordings.bytesOf(rated.recording_url))).toBe(true);
	});
});

it('each example is run by one of these tests', () => {
	const left = hasPostgres ? [] : ['Calls to PostgreSQL'];
	expect([...ran, ...left].sort()).toEqual(readExamples().map(({ name }) => name).sort());
});
