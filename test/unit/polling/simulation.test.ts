import fc from 'fast-check';
import { breakages } from './simulation/breakages';
import { seeds } from '../../support/seeds';
import { simulate, type Simulated } from './simulation/simulate';

const aSeed = (): fc.Arbitrary<number> => fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff }));

/** Runs in which something was lost, or seemed to be, before the trigger or the simulated truth was put right. */
const onceLost = [937872931, 2098596939];
/** Runs in which, together, everything happens that can: few others may have no clock behind, no pause, no jump. */
const eventful = [2, 4, 7, 8];

describe('weeks of polling', () => {
	const runs: Simulated[] = [];

	it(
		`emits every record that appears within the look-back exactly once, in ${seeds} runs of three weeks`,
		async () => {
			const weeks = fc.asyncProperty(aSeed(), async (seed) => {
				const run = await simulate(seed);
				runs.push(run);
				expect(run.problems).toEqual([]);
				expect(run.notices.filter((kind) => kind !== 'clock' || run.scenario.jumps.length === 0)).toEqual([]);
			});
			await fc.assert(weeks, { numRuns: seeds, examples: [...onceLost, ...eventful].map((seed) => [seed]) });
		},
		seeds * 2000,
	);

	it('include kills, failures, pauses and clock jumps', () => {
		const sum = (figure: (run: Simulated) => number): number => runs.reduce((total, run) => total + figure(run), 0);
		expect(sum(({ handedOn }) => handedOn)).toBeGreaterThan(seeds * 200);
		for (const fate of ['killed', 'failed', 'overtaken', 'clockBehind'] as const) expect(sum(({ befell }) => befell[fate])).toBeGreaterThan(0);
		expect(new Set(runs.map(({ scenario }) => scenario.event)).size).toBe(4);
		expect(runs.some(({ scenario }) => scenario.pause !== null)).toBe(true);
		expect(runs.some(({ scenario }) => scenario.change !== null)).toBe(true);
		expect(runs.some(({ scenario }) => scenario.jumps.some(({ byMs }) => byMs > 86_400_000))).toBe(true);
	});
});

describe('the simulation notices', () => {
	it.each(breakages)(
		'%s',
		async (_what, breakage) => {
			for (let seed = 1; seed <= 60; seed += 1) {
				const { problems } = await simulate(seed, breakage);
				if (problems.length > 0) return;
			}
			throw new Error('Sixty runs passed and nothing was noticed');
		},
		120_000,
	);
});
