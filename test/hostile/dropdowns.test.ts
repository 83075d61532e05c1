import * as fc from 'fast-check';

import { Samespace } from '../../nodes/Samespace/Samespace.node.ts';
import { dropdownContext, runNode } from '../support/runNode.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { credentialFor } from '../support/asking.ts';
import { tallyOf } from './support/tally.ts';

const counted = tallyOf('names in dropdowns');
const { loadOptions } = new Samespace().methods;

/** Names that n8n would run if they were stored as they are. */
const names = [
	'={{ "stolen:" + $json.secret }}',
	'={{ $env.PATH }}',
	'=1+1',
	'=',
	'=plain text',
	'={{ "}}" + "\\u007d" }}',
	'=\u2028{{ 1 }}\'"`${1}',
	'=émoji 😀 العميل',
	'{{ $json.secret }}',
	'Sarah Taylor',
];

const now = new Date(Date.now() - 3_600_000).toISOString();
let cluster: Simulator;

beforeEach(async () => {
	const calls = names.map((team_name, n) => ({ _id: `call-${n}`, team_name, user_display_name: 'x', start_time: now, end_time: now }));
	cluster = await startSimulator({ truth: { calls } });
});
afterEach(async () => await cluster.close());

it('a team that is called like an expression is offered, and chosen it gives just its own calls', async () => {
	const options = await loadOptions.getTeams.call(dropdownContext(credentialFor(cluster)));
	expect(options.map(({ name }) => name).sort()).toEqual([...names].sort());
	for (const { name, value } of options) {
		const run = await runNode({
			credential: credentialFor(cluster),
			input: [{ secret: 'SECRET' }],
			parameters: { resource: 'report', operation: 'getCalls', ...range(), returnAll: true, output: 'raw', filters: { teamName: [value as string] } },
		});
		expect({ name, error: run.error, teams: run.json.map(({ team_name: team }) => team) }).toEqual({ name, error: undefined, teams: [name] });
		expect(JSON.stringify(run)).not.toContain('SECRET');
		counted();
	}
}, 300_000);

it('no name is offered as an expression that gives anything but that name', async () => {
	const letters = fc.constantFrom(...'={}$"\'\\`;.()[]+ abc\n', '\u2028', '😀', 'é');
	await fc.assert(
		fc.asyncProperty(fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 20 }).map((text) => `=${text.trim()}`), { minLength: 1, maxLength: 30 }), async (teams) => {
			const own = await startSimulator({ truth: { calls: teams.map((team_name, n) => ({ _id: `c${n}`, team_name, start_time: now, end_time: now })) } });
			try {
				const options = await loadOptions.getTeams.call(dropdownContext(credentialFor(own)));
				const run = await runNode({
					credential: credentialFor(own),
					parameters: { resource: 'report', operation: 'getCalls', ...range(), returnAll: true, output: 'raw', filters: { teamName: options.map(({ value }) => value as string) } },
				});
				expect(run.error).toBeUndefined();
				expect(run.json.map(({ team_name: team }) => team).sort()).toEqual([...teams].sort());
				counted(teams.length);
			} finally {
				await own.close();
			}
		}),
		{ numRuns: 60 },
	);
}, 300_000);

function range() {
	return { dateRange: 'custom', startTime: new Date(Date.now() - 7_200_000).toISOString(), endTime: new Date().toISOString() };
}
