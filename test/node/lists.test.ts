import { NodeOperationError } from 'n8n-workflow';

import { Samespace } from '../../nodes/Samespace/Samespace.node.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { credentialFor } from '../support/asking.ts';
import { dropdownContext, testCredential } from '../support/runNode.ts';

const { loadOptions } = new Samespace().methods;

let cluster: Simulator;
afterEach(async () => await cluster.close());

it.each([
	['getAgents', 'user_display_name', 'sessions'],
	['getTeams', 'team_name', 'calls'],
	['getStatuses', 'status', 'calls'],
	['getChannels', 'channel', 'calls'],
] as const)('%s offers every value of the last weeks where a page holds them', async (method, column, report) => {
	cluster = await startSimulator({ days: 40, callsPerDay: 20 });
	const options = await loadOptions[method].call(dropdownContext(credentialFor(cluster)));
	const start = new Date(Date.now() - 27 * 86_400_000);
	const known = new Set((cluster.truth[report]({ start, end: new Date(Date.now() - 60_000) }) as Array<{ [name: string]: unknown }>).map((record) => record[column]));
	expect(options.map(({ value }) => value)).toEqual(expect.arrayContaining([...known].filter(Boolean)));
	expect(options).toHaveLength(new Set(options.map(({ name }) => name)).size);
	expect(cluster.log).toHaveLength(2);
	cluster.assertNoViolations();
});

it.each(['2027-03-01T00:00:30Z', '2027-03-10T12:00:30Z', '2027-03-28T23:59:59Z', '2026-11-28T05:00:00Z'])('lists are asked of less than a calendar month, also in March: %s', async (now) => {
	cluster = await startSimulator({ now, days: 40, callsPerDay: 20 });
	cluster.switches.windowRule = 'calendarMonth';
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(now));
	try {
		expect((await loadOptions.getAgents.call(dropdownContext(credentialFor(cluster)))).length).toBeGreaterThan(1);
	} finally {
		clock.mockRestore();
	}
	cluster.assertNoViolations();
});

it('all lists of a large cluster together take eight requests, once', async () => {
	cluster = await startSimulator({ days: 30, callsPerDay: 2000, agents: 60 });
	const open = async (): Promise<number[]> =>
		await Promise.all(Object.values(loadOptions).map(async (load) => (await load.call(dropdownContext(credentialFor(cluster)))).length));
	const lengths = await open();
	expect(Math.min(...lengths)).toBeGreaterThan(1);
	expect(cluster.log.length).toBeLessThanOrEqual(8);
	expect(Math.max(...cluster.log.map(({ body }) => (body as { skip: number }).skip))).toBe(0);
	const sent = cluster.log.length;
	expect(await open()).toEqual(lengths);
	expect(cluster.log).toHaveLength(sent);
});

it('a list that could not be read is read again when it is opened again', async () => {
	cluster = await startSimulator({ days: 3, callsPerDay: 20 });
	cluster.faults.add({ kind: 'status', status: 403, times: 9 });
	await expect(loadOptions.getTeams.call(dropdownContext(credentialFor(cluster)))).rejects.toThrow('Samespace refused the API key');
	cluster.faults.clear();
	expect(await loadOptions.getTeams.call(dropdownContext(credentialFor(cluster)))).not.toEqual([]);
});

it('a list that cannot be read shows the error', async () => {
	cluster = await startSimulator();
	const context = dropdownContext(credentialFor(cluster, { apiKey: 'a wrong key' }));
	const error = await loadOptions.getTeams.call(context).catch((reason: unknown) => reason);
	// The editor shows only the message of this kind of error.
	expect(error).toBeInstanceOf(NodeOperationError);
	expect((error as Error).message).toMatch(/^Samespace refused the API key\. Use a key of type 'Voice'/);
});

describe("the credential's test", () => {
	beforeEach(async () => {
		cluster = await startSimulator();
	});

	it('is one small request that succeeds', async () => {
		expect(await testCredential(credentialFor(cluster))).toEqual({ status: 'OK', message: 'Connection tested successfully' });
		expect(cluster.log).toHaveLength(1);
		expect(cluster.log[0].body).toMatchObject({ limit: 1, skip: 0 });
		cluster.assertNoViolations();
	});

	it.each([
		[{ apiKey: 'a wrong key' }, /refused the API key.*'Voice'.*'Admin'/, 1],
		[{ baseUrl: 'http://127.0.0.1:9' }, /Couldn't connect/, 0],
		[{ baseUrl: 'https://no-such-cluster.invalid' }, /find the Samespace cluster/, 0],
		[{ baseUrl: '', clusterId: 'evil.example/#' }, /must be the first part of your Samespace address.*Nothing was sent/, 0],
		[{ baseUrl: 'http://example.com' }, /must be https/, 0],
		[{ timezone: 'Nowhere' }, /isn't an IANA time zone/, 0],
	])('with %j says plainly what is wrong', async (changes, says, requests) => {
		const { status, message } = await testCredential(credentialFor(cluster, changes));
		expect(status).toBe('Error');
		expect(message).toMatch(says);
		expect(message).not.toContain(cluster.apiKey);
		expect(cluster.log).toHaveLength(requests);
	});

	it.each(['totalAndData', 'array', 'object', 'dataNull', 'null', 'noContent', 'emptyBody', 'message', 'message404'] as const)('succeeds where no call was made lately, and the cluster says so as %s', async (nothingBody) => {
		await cluster.close();
		cluster = await startSimulator({ truth: { calls: [], sessions: [], csat: [] } });
		cluster.switches.nothingBody = nothingBody;
		expect(await testCredential(credentialFor(cluster))).toEqual({ status: 'OK', message: 'Connection tested successfully' });
	});

	it('says that a page for a browser is no answer', async () => {
		cluster.faults.add({ kind: 'html200', times: 9 });
		expect(await testCredential(credentialFor(cluster))).toMatchObject({ status: 'Error', message: expect.stringContaining("isn't JSON") as string });
	});
});
