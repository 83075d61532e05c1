import * as fc from 'fast-check';

import { forEachBatch, readReport } from '../../../nodes/Samespace/reading';
import { clusterOf, errorOf, explain, fetchPage } from '../../../nodes/Samespace/transport';
import { FakeApi } from '../../support/fakeApi';
import { seeds } from '../../support/seeds';
import { VirtualTime } from '../../support/virtualTime';
import { Wire, type Departure } from '../../support/wire';
import { behaviourOf, datasetOf, lasting, queryOf, worlds, type World } from './world.ts';

const schedules = Math.max(300, seeds * 2);
const node = { id: 'n', name: 'Samespace', type: 'samespace', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };

const credentials = fc.record({
	apiKey: fc.constantFrom('voice-key-4711', 'a "key" \\ of 4711'),
	clusterId: fc.constantFrom('acme', 'acme', 'acme', 'acme', 'acme', 'acme', 'evil.example/#', 'evil.example', 'acme@evil.example/'),
	baseUrl: fc.constantFrom('', '', '', '', 'https://reports.example.com', 'http://evil.example', 'https://acme.samespace.com@evil.example'),
	timezone: fc.constant('UTC'),
});

const hosts = ['acme.samespace.com', 'reports.example.com'];
const redirects = fc.option(fc.integer({ min: 1, max: 8 }), { nil: null, freq: 4 });
/** What nobody tries again is told to the user, in the API's own words. */
const refusals = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(...lasting));
const refusing = fc.tuple(worlds, refusals).map(([world, refusal]) => ({ ...world, faults: [...world.faults, refusal] }));

it('in every schedule the key goes to the cluster alone, and into nothing that comes out', async () => {
	let sent = 0;
	let repeated = 0;
	await fc.assert(
		fc.asyncProperty(refusing, credentials, redirects, async (world, credential, redirected) => {
			const { departures, said } = await runOf(world, credential, redirected);
			for (const departure of departures) isSentToTheCluster(departure, credential.apiKey);
			for (const text of said) for (const form of formsOf(credential.apiKey)) expect(text).not.toContain(form);
			sent += departures.length;
			if (said.some((text) => text.includes('***'))) repeated += 1;
		}),
		{ numRuns: schedules },
	);
	// Requests did go out, and the key did come back where it would have been shown.
	expect(sent).toBeGreaterThan(0);
	expect(repeated).toBeGreaterThan(0);
}, 120_000);

interface Run {
	departures: Departure[];
	/** All that a user may get to see of it. */
	said: string[];
}

async function runOf(world: World, credential: { apiKey: string; clusterId: string; baseUrl: string; timezone: string }, redirected: number | null): Promise<Run> {
	const context = { node, itemIndex: 0, apiKey: credential.apiKey };
	const query = queryOf(world);
	const api = new FakeApi(datasetOf(world), behaviourOf(world), new VirtualTime(query.range.end));
	const io = api.io(world.concurrency);
	const wire = new Wire(credential, async (request) => await io.fetchPage(query.report, request), redirected);
	const cluster = clusterOf(credential);
	if (!cluster.ok) return { departures: [], said: textsOf(errorOf(cluster.failure, context)) };
	const { origin } = cluster.value;
	const signed = { ...io, fetchPage: async (...[report, request]: Parameters<typeof io.fetchPage>) => await fetchPage(wire.context, { origin, apiKey: credential.apiKey, credential, timeoutMs: 1000 }, report, request) };
	const rows: unknown[] = [];
	const reading = forEachBatch(readReport(query, signed), ({ records }) => void rows.push(...records));
	const { failure, gaps } = await api.time.run(reading);
	const hints = gaps.map((gap) => JSON.stringify(explain(gap)));
	const error = failure ? textsOf(errorOf(failure, context)) : [];
	return { departures: wire.departures, said: [...hints, ...error, JSON.stringify(rows), JSON.stringify(io.statistics)] };
}

function isSentToTheCluster({ url, headers, body }: Departure, apiKey: string): void {
	const { 'x-api-key': key, ...others } = headers;
	expect(key).toBe(apiKey);
	expect(hosts).toContain(new URL(url).host);
	for (const form of formsOf(apiKey)) expect(JSON.stringify([url, others, body])).not.toContain(form);
}

/** The key plain, and as it stands in JSON. */
function formsOf(apiKey: string): string[] {
	return [apiKey, JSON.stringify(apiKey).slice(1, -1)];
}

function textsOf(error: Error & { description?: string | null }): string[] {
	return [error.message, String(error.description), String(error.stack), JSON.stringify(error)];
}
