import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { ask, credentialFor, newestFirst } from '../support/asking.ts';

const range = { start: '2026-11-01T00:00:00.000Z', end: '2026-11-18T00:00:00.000Z' };
const noRetries = { options: { maxRetries: 0 } };

let cluster: Simulator;
beforeEach(async () => {
	cluster = await startSimulator({ days: 30, callsPerDay: 10, now: '2026-11-20T00:00:00Z' });
});
afterEach(async () => await cluster.close());

interface BadInput {
	parameters?: IDataObject;
	credential?: IDataObject;
	arrange?: () => void;
	says: string;
	advises: string;
	/** Requests that it may cost. */
	requests?: number;
}

const cases: { [name: string]: BadInput } = {
	'a reversed range': {
		parameters: { startTime: '2026-11-18', endTime: '2026-11-01' },
		says: "'End Time' ('2026-11-01') is before 'Start Time' ('2026-11-18')",
		advises: 'Swap them',
	},
	'a date that is none': {
		parameters: { startTime: 'the other day' },
		says: "'Start Time' isn't a valid date: 'the other day'",
		advises: 'ISO 8601',
	},
	'an empty date': { parameters: { endTime: "={{ '' }}" }, says: "'End Time' is empty", advises: 'Enter a date' },
	'a limit below 1': { parameters: { returnAll: false, limit: 0 }, says: "'Limit' is '0'", advises: 'whole number of 1 or more' },
	'a page size below 1': { parameters: { options: { pageSize: -5 } }, says: "'Page Size' is '-5'", advises: 'whole number of 1 or more' },
	'custom filters that are no object': {
		parameters: { filters: { custom: '["a"]' } },
		says: "'Custom Filters' isn't a JSON object",
		advises: 'Enter an object such as',
	},
	'custom filters that are no JSON': {
		parameters: { filters: { custom: '{ status: answered' } },
		says: "'Custom Filters' isn't a JSON object",
		advises: 'Enter an object such as',
	},
	'custom filters with a time': {
		parameters: { filters: { custom: '{ "start_time": "2026-01-01" }' } },
		says: "'Custom Filters' contains 'start_time'",
		advises: 'Remove it',
	},
	'an empty cluster ID': { credential: { clusterId: '', baseUrl: '' }, says: "The 'Cluster ID' of the credential is empty", advises: 'Open the Samespace credential' },
	'a cluster ID that leads elsewhere': {
		credential: { clusterId: 'evil.example/#', baseUrl: '' },
		says: "The 'Cluster ID' of the credential must be the first part",
		advises: 'Nothing was sent',
	},
	'a base URL without TLS': {
		credential: { baseUrl: 'http://reports.example.com' },
		says: "The 'Base URL' of the credential must be https://",
		advises: 'Nothing was sent',
	},
	'a time zone that is none': { credential: { timezone: 'Mars/Olympus' }, says: "The 'Time Zone' of the credential isn't an IANA time zone", advises: 'correct it' },
	'a wrong key': { credential: { apiKey: 'not the key at all' }, says: 'Samespace refused the API key', advises: "type 'Voice'", requests: 1 },
	'a host that does not answer': {
		credential: { baseUrl: 'http://127.0.0.1:9' },
		parameters: noRetries,
		says: "Couldn't connect to Samespace",
		advises: 'ECONNREFUSED',
	},
	'a host that does not exist': {
		credential: { baseUrl: 'https://no-such-cluster.invalid' },
		says: "Couldn't find the Samespace cluster",
		advises: "'Cluster ID'",
	},
	'an HTML page instead of JSON': {
		parameters: noRetries,
		arrange: () => cluster.faults.add({ kind: 'html200', times: 9 }),
		says: "Samespace's response isn't JSON",
		advises: 'It sent a web page',
		requests: 1,
	},
	'a 400 with a message': {
		arrange: () => cluster.faults.add({ kind: 'status', status: 400, message: 'limit is too large', times: 9 }),
		says: 'Samespace refused the request: limit is too large',
		advises: 'status 400',
		// A smaller page might have been granted: a single row is tried.
		requests: 2,
	},
	'a redirect to another host': {
		arrange: () => cluster.faults.add({ kind: 'redirect', url: 'http://127.0.0.2:9/', times: 9 }),
		says: 'Samespace redirected to another address',
		advises: 'the API key would be sent along',
		requests: 1,
	},
};

describe.each(Object.entries(cases))('%s', (_, { parameters = {}, credential = {}, arrange, says, advises, requests = 0 }) => {
	it('is a clear error with the item and what to do', async () => {
		arrange?.();
		const key = String(credential.apiKey ?? cluster.apiKey);
		const run = await ask(cluster, 'calls', range, { parameters, credential: credentialFor(cluster, credential) });
		expect(run.error?.message).toContain(says);
		expect(run.error?.description).toContain(advises);
		expect(run.error?.context).toMatchObject({ itemIndex: 0 });
		expect(JSON.stringify(run)).not.toContain(key);
		expect(cluster.log).toHaveLength(requests);
	});
});

it("with 'Continue on Fail' the bad item alone becomes an error item, the others' records are whole", async () => {
	const run = await ask(cluster, 'calls', range, {
		continueOnFail: true,
		input: [{ to: range.end }, { to: 'never' }, { to: '2026-11-02T00:00:00Z' }],
		parameters: { endTime: '={{ $json.to }}' },
	});
	const errors = run.items.filter(({ json }) => 'error' in json);
	expect(errors).toEqual([{ json: { error: expect.stringContaining("'End Time' isn't a valid date: 'never'") as string }, pairedItem: { item: 1 } }]);
	expect(String(errors[0].json.error)).toMatch(/Enter ISO 8601 text.*\[item 1\]$/);
	expect(run.items).toHaveLength(cluster.truth.calls(range).length + 1 + cluster.truth.calls({ ...range, end: '2026-11-02T00:00:00Z' }).length);
});

it('three input items with three parameter sets give three right answers, each linked to its own item', async () => {
	const wanted = [
		{ ...range, status: 'answered' },
		{ start: '2026-11-05T00:00:00Z', end: '2026-11-06T00:00:00Z', status: 'failed' },
		{ start: '2026-11-07T00:00:00Z', end: '2026-11-09T12:00:00Z', status: 'answered' },
	];
	const run = await ask(cluster, 'calls', range, {
		input: wanted,
		parameters: { startTime: '={{ $json.start }}', endTime: '={{ $json.end }}', filters: { status: '={{ [$json.status] }}' } },
	});
	wanted.forEach((query, item) => {
		const own = run.items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item);
		expect(own.map(({ json }) => json._id)).toEqual(newestFirst(cluster.truth.calls(query)).map(({ _id }) => _id));
	});
});

it('a key that the API sends back is not shown, not even cut off', async () => {
	const padding = 'x'.repeat(180);
	cluster.faults.add({ kind: 'status', status: 400, message: `${padding}${cluster.apiKey}`, times: 9 });
	const run = await ask(cluster, 'calls', range);
	expect(run.error?.message).toContain(padding);
	expect(JSON.stringify(run)).not.toContain(cluster.apiKey.slice(0, 6));
});
