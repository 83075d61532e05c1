import fc from 'fast-check';

import { csat } from '../../../nodes/Samespace/reports';
import { createOutput } from '../../../nodes/Samespace/output';
import { finishedItems, planOf } from './vendor';

type Rating = number | string;

const surveyed = (given: ReadonlyArray<readonly [question: string, rating: Rating]>, at: number): object => ({
	_id: String(at),
	start_time: '2026-03-02T10:00:00.000Z',
	conversation_tags: ['A', 'B', 'C'].slice(0, 1 + (at % 3)),
	csat: given.map(([question, rating]) => ({ question: `SURVEY_ANSWER_1:${question}`, answer: String(rating) })),
});

/** The figures of all answers, each conversation with one answer. */
async function figuresOf(ratings: readonly Rating[], groupBy: string[] = []): Promise<Array<Record<string, unknown>>> {
	const output = createOutput(planOf({ report: csat, output: 'summary', groupBy, metrics: ['csat_percent', 'nps', 'ratings', 'rating_5', 'questions'] }), async () => undefined);
	await output.take(ratings.map((rating, at) => surveyed([['Happy?', rating]], at)) as never, { start: 0, end: 1 }, 'range');
	return (await finishedItems(output)).map(({ json }) => json);
}

const times = (count: number, rating: Rating): Rating[] => new Array<Rating>(count).fill(rating);

describe('the scale of a question', () => {
	it.each([
		['all from 1 to 5', [1, 3, 5, 5], 50, null],
		['a stray 10 among twenty', [...times(15, 5), ...times(4, 1), 10], 78.95, null],
		['a stray 0 among twenty', [0, ...times(15, 5), ...times(4, 1)], 78.95, null],
		['a tenth of strays, which is the most', [...times(9, 5), 10], 100, null],
		['more than a tenth', [...times(8, 5), 10], null, -77.78],
		['a survey to 10 that went badly', [...times(80, 2), ...times(12, 0), ...times(8, 9)], null, -84],
		['a 0 among few', [...times(5, 5), 0], null, -100],
		['zeros and a 4 and a 5', [0, 0, 0, 4, 5], null, -100],
		['a stray 100 on a scale to 10', [...times(10, 9), ...times(10, 7), 100], null, 50],
		['a scale to 100', [5, 50, 70, 90], null, null],
		['halves count towards the scale, but not in its figures', [...times(9, 4.5), 5], 100, null],
		['negative numbers are on none', [-1, -2, 5], null, null],
	])('%s', async (_name, ratings, csat_percent, nps) => {
		const [all] = await figuresOf(ratings);
		expect(all).toMatchObject({ csat_percent, nps, ratings: ratings.length });
		expect((all.questions as object[])[0]).toMatchObject({ csat_percent, nps });
	});

	it('is one for all groups, whatever their own answers are', async () => {
		const groups = await figuresOf([...times(18, 5), 10, 5], ['tag']);
		expect(groups.map(({ nps }) => nps)).toEqual([null, null, null]);
	});

	it('is decided for each question alone', async () => {
		const output = createOutput(planOf({ report: csat, output: 'summary', groupBy: [], metrics: ['csat_percent', 'nps'] }), async () => undefined);
		const both = [[['Happy?', 5], ['Recommend?', 9]], [['Happy?', 1], ['Recommend?', 6]]] as const;
		await output.take(both.map(surveyed) as never, { start: 0, end: 1 }, 'range');
		expect((await finishedItems(output))[0].json).toMatchObject({ csat_percent: 50, nps: 0 });
	});

	it('follows from the answers, in whatever order they come and however many tags a conversation has', async () => {
		const rating = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 5 }) }, { weight: 1, arbitrary: fc.constantFrom(0, 6, 9, 10, 11, 4.5, 'good') });
		const some = fc.array(rating, { minLength: 1, maxLength: 40 }).chain((ratings) => fc.tuple(fc.constant(ratings), fc.shuffledSubarray(ratings, { minLength: ratings.length })));
		await fc.assert(
			fc.asyncProperty(some, async ([ratings, shuffled]) => {
				const [one, other] = [await figuresOf(ratings), await figuresOf(shuffled)];
				expect(other).toEqual(one);
				const groups = await figuresOf(ratings, ['tag']);
				const hasScale = (scale: 'csat_percent' | 'nps'): boolean => groups.some((group) => group[scale] !== null);
				expect(hasScale('csat_percent')).toBe(one[0].csat_percent !== null);
				expect(hasScale('nps')).toBe(one[0].nps !== null);
			}),
			{ numRuns: 60 },
		);
	});
});
