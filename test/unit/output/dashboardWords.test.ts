import { call } from './someCalls';
import { csat } from '../../../nodes/Samespace/reports';
import { createOutput, type OutputPlan } from '../../../nodes/Samespace/output';
import { changeWords, nameIn, wordsOf } from '../../../nodes/Samespace/output/dashboard/words';
import { finishedItems, planOf, run } from './vendor';

const range = { start: Date.parse('2026-03-02T00:00:00Z'), end: Date.parse('2026-03-02T23:59:59Z') };
const before = { start: range.start - 86_400_000, end: range.end - 86_400_000 };

/** A page of records of a day, and of the day before. */
async function pageOf(plan: Partial<OutputPlan>, records: object[], former: object[] = []): Promise<string> {
	const output = createOutput(planOf({ output: 'dashboard', range, before, ...plan }), async () => undefined);
	await output.take(former as never, before, 'before');
	await output.take(records as never, range, 'range');
	const [{ json }] = await finishedItems(output);
	return String(json.html);
}

/** The text of a page from a word on. */
const textFrom = (page: string, word: string): string => page.slice(page.indexOf(`>${word}<`)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 90);

const answers = (question: string, ...given: number[]): object => ({ _id: question + given.join(), csat: given.map((answer) => ({ question: `SURVEY_ANSWER_1:${question}`, answer: String(answer) })), start_time: '2026-03-02T10:00:00.000Z' });

it('a figure that was there before and is not now is told with what it was', async () => {
	const inbound = call({ direction: 'in', answer_time: '2026-03-01T10:00:05.000Z', start_time: '2026-03-01T10:00:00.000Z', end_time: '2026-03-01T10:01:00.000Z' });
	const page = await pageOf({}, [call({ direction: 'out' })], [inbound]);
	expect(textFrom(page, 'Answer rate')).toContain('Answer rate – was 100.0%');
	expect(textFrom(page, 'Connect rate')).toContain('Connect rate 0.0% no earlier value');
});

it('a question is on one scale in both periods', async () => {
	const page = await pageOf({ report: csat }, [answers('Recommend?', 4, 9), answers('Happy?', 5)], [answers('Recommend?', 4, 5), answers('Happy?', 5)]);
	expect(textFrom(page, 'Satisfied (4 and 5)')).toContain('100.0% unchanged');
	expect(textFrom(page, 'Net Promoter Score')).toContain('Net Promoter Score 0 ▲ +100 from −100');
});

it('a range without a record, or without a rating, has its page, too', async () => {
	const [empty, unrated] = [await pageOf({ report: csat }, []), await pageOf({ report: csat }, [answers('Happy?')])];
	for (const page of [empty, unrated]) expect(page).toMatch(/>Conversations and ratings by \w+</);
	expect(empty).toContain('No data for this period.');
	expect(unrated.slice(unrated.indexOf('>Conversations and ratings'))).not.toContain('Satisfied');
});

it('a score of a scale that no question is on, now or before, is left out', async () => {
	const page = await pageOf({ report: csat }, [answers('Happy?', 4, 5)], [answers('Happy?', 5)]);
	expect(page).toContain('>Satisfied (4 and 5)<');
	expect(page).not.toContain('>Net Promoter Score<');
});

it('a question on another scale shows its average', async () => {
	const page = await pageOf({ report: csat }, [answers('How many points?', 50, 70, 90)]);
	expect(textFrom(page, 'How many points?')).toContain('How many points? Average rating Ratings 70.00 3');
});

it('ratings outside the scale of a question are told, since its bars leave them out', async () => {
	const page = await pageOf({ report: csat }, [answers('Happy?', ...Array.from({ length: 20 }, () => 4), 7)]);
	expect(textFrom(page, 'Happy?')).toContain('average 4.14. 1 rating that isn&#39;t a whole number from 1 to 5');
	const others = await pageOf({ report: csat }, [answers('Happy?', 4, 5)]);
	expect(others).not.toContain('a whole number from 1 to 5');
});

it('what belongs to no agent comes last, and takes no place among the best or the worst', async () => {
	const talk = (agent: string, duration: number): ReturnType<typeof call> => call({ _id: `${agent}-${duration}`, user_display_name: agent, duration, answer_time: '2026-03-02T10:00:00.000Z', start_time: '2026-03-02T10:00:00.000Z', end_time: '2026-03-02T11:00:00.000Z' });
	const page = await pageOf({}, [talk('', 3000), ...Array.from({ length: 11 }, (_, at) => talk(`Agent ${String(at).padStart(2, '0')}`, 1000 - at))]);
	const ranking = page.slice(page.indexOf('>Agents by talk time<'));
	expect(ranking).toContain('Top 5 and bottom 5 of 11');
	expect([...ranking.matchAll(/>(Agent \d\d|No agent)</g)].map(([, name]) => name)).toEqual([...[0, 1, 2, 3, 4, 6, 7, 8, 9, 10].map((at) => `Agent ${String(at).padStart(2, '0')}`), 'No agent']);
});

it('the most frequent tag comes first, though others are numbers', async () => {
	const tagged = (tag: string, count: number): object[] => Array.from({ length: count }, (_, at) => ({ ...answers('Happy?', 5), _id: `${tag}-${at}`, conversation_tags: [tag] }));
	const page = await pageOf({ report: csat }, [...Array.from({ length: 12 }, (_, at) => tagged(String(100 + at), 1)).flat(), ...tagged('billing', 5)]);
	expect(textFrom(page, 'Tags')).toMatch(/^>?Tags Top 10 of 13 Tag Conversations billing 5/);
});

it('presence ends with the range', async () => {
	const { sessions } = await import('../../../nodes/Samespace/reports');
	const night = { _id: 's', user_system_id: 'a', start_time: '2026-03-02T22:00:00.000Z', end_time: '2026-03-03T06:00:00.000Z', session_duration: 28_800 };
	const page = await pageOf({ report: sessions }, [night]);
	expect(page).toContain('Mon\u00a02\u00a0Mar');
	expect(page).not.toContain('Tue\u00a03\u00a0Mar');
});

it.each([
	[10.6, 10.4, 'seconds', '+1 s'],
	[1.67, 1.33, 'points', '+1'],
	[64.44, 64.46, 'percent', '−0.1 points'],
	[110, 100, 'count', '+10.0%'],
	[5, 0, 'count', '+5'],
	[2.91, 2.85, 'number', '+0.06'],
	[60, 125, 'seconds', '−1 min 05 s'],
] as const)('from %2$s to %1$s %3$s is %4$s', (value, former, unit, words) => {
	expect(changeWords(value, former, unit)).toBe(words);
});

it.each([
	[-0.33, 'points', '0'],
	[-41.6, 'points', '−42'],
	[59.6, 'seconds', '1 min 00 s'],
	[3599.6, 'seconds', '1 h 00 min'],
	[421_500, 'seconds', '117 h 05 min'],
	[3_600_000, 'seconds', '1,000 h'],
	[null, 'percent', '–'],
	[1234567, 'count', '1,234,567'],
] as const)('%s %s is written %s', (value, unit, words) => {
	expect(wordsOf(value, unit)).toBe(words);
});

it('a name of invisible characters counts as missing, and a long one is cut between letters', () => {
	for (const name of ['', '  ', '\u200b', '\u2060\u200e', '\ud800', null, {}]) expect(nameIn(name, 'No team')).toBe('No team');
	expect([...nameIn('😀'.repeat(100), '')]).toHaveLength(60);
});

it('other outputs are unaffected', async () => {
	expect((await run({ output: 'summary', metrics: ['calls'] }, [call({})])).items).toEqual([{ json: { calls: 1 } }]);
});

it.each([
	[2.55, 2.6],
	[2.55, 2.4],
	[0.05, 0.1],
	[33.35, 33.3],
	[64.45, 64.44],
])('the change from %d to %d percent is that of the figures beside it', (value, before) => {
	const shown = (figure: number): number => Number(wordsOf(figure, 'percent').replace('%', ''));
	const by = shown(value) - shown(before);
	expect(changeWords(value, before, 'percent')).toBe(`${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(1)} points`);
});

it('a name is cut by its characters', () => {
	expect(nameIn('🙂'.repeat(40), 'none')).toBe('🙂'.repeat(40));
	expect(nameIn('🙂'.repeat(61), 'none')).toBe(`${'🙂'.repeat(59)}…`);
});
