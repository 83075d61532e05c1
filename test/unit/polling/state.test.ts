import { advance } from '../../../nodes/Samespace/polling';
import { mostEmitted, readEmitted, shortIdOf, trimEmitted, writeEmitted } from '../../../nodes/Samespace/polling/emitted';
import { failed } from '../../../nodes/Samespace/reading';
import { call, dayMs, hourMs, idsOf, iso, minuteMs, noon, optionsWith, poll, Report, secondMs, stateAt } from './support';

/** ObjectIds as MongoDB makes them: they differ in their last digits. */
const objectId = (number: number): string => `5ff4093743e94102${(0x10f60000 + number).toString(16)}`;

const manyCalls = (count: number, spreadMs: number): Report =>
	new Report(Array.from({ length: count }, (_, at) => call(objectId(at), noon + minuteMs + Math.floor((at * spreadMs) / count))));

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe('a state', () => {
	it('is small, readable JSON', async () => {
		const report = new Report([call('a', noon + 10 * secondMs), call('b', noon + 20 * secondMs), call('c', noon + 5 * minuteMs)]);
		const { state } = await poll(await stateAt(noon), noon + 10 * minuteMs, report);
		expect(state).toEqual({
			version: 2,
			event: 'callCompleted',
			scope: 'scope',
			revision: 2,
			cursor: '2026-03-10T12:05:00.000Z',
			polls: ['2026-03-10T12:00:00.000Z', '2026-03-10T12:10:00.000Z'],
			tookMs: 0,
			quietMs: 0,
			readUntil: '2026-03-10T12:09:30.000Z',
			emittedSince: '2026-03-10T10:05:00.000Z',
			emitted: {
				'2026-03-10T11:59:00.000Z': shortIdOf('known'),
				'2026-03-10T12:01:00.000Z': shortIdOf('a') + shortIdOf('b'),
				'2026-03-10T12:05:00.000Z': shortIdOf('c'),
			},
		});
		expect(JSON.parse(JSON.stringify(state))).toEqual(state);
	});

	it('forgets what the look-back no longer reaches', async () => {
		const { state } = await poll(await stateAt(noon), noon + hourMs, new Report([call('a', noon)]));
		const next = await poll(state, noon + 6 * hourMs, new Report([call('b', noon + 5 * hourMs)]));
		expect(Object.values(next.state.emitted)).toEqual([shortIdOf('b')]);
	});

	it.each([
		['two hours', 2 * hourMs],
		['a week', 7 * dayMs],
		['a month', 30 * dayMs],
	])('takes less than 256 KiB with 20,000 records in a look-back of %s', async (_what, lookbackMs) => {
		const options = optionsWith({ lookbackMs, maxItems: 20_000 });
		const now = noon + lookbackMs;
		const first = await poll(await stateAt(noon, options), now, manyCalls(20_000, lookbackMs - 2 * minuteMs), options);
		expect(first.records.length + (await poll(first.state, now, manyCalls(20_000, lookbackMs - 2 * minuteMs), options)).records.length).toBe(20_000);
		expect(sizeOf(first.state)).toBeLessThan(256 * 1024);
		expect(first.notices).toEqual([]);
	});

	it('over its limit of ids says so, keeps the newest and repeats nothing', async () => {
		const report = manyCalls(30_000, hourMs);
		const options = optionsWith({ maxItems: 100_000 });
		const step = await poll(await stateAt(noon), noon + 90 * minuteMs, report, options);
		expect(step.records).toHaveLength(30_000);
		expect(step.notices).toEqual([{ kind: 'room', text: expect.stringContaining('The look-back of 120 minutes contains more than 25,000 records') }]);
		expect(sizeOf(step.state)).toBeLessThan(256 * 1024);
		expect(readEmitted(step.state.emitted)?.has(shortIdOf(objectId(29_999)))).toBe(true);
		const next = await poll(step.state, noon + 91 * minuteMs, report, options);
		expect(next.records).toEqual([]);
		expect(report.ranges[1].start).toBe(Date.parse(step.state.emittedSince));
		expect(report.ranges[1].start).toBeGreaterThan(noon);
	});

	it('forgets only what does not fit, and knows since when; older ids are kept two hours longer', () => {
		const emitted = new Map(Array.from({ length: mostEmitted + 10 }, (_, at) => [shortIdOf(String(at)), noon + at]));
		expect(trimEmitted(emitted, noon, noon + hourMs)).toBe(noon + 10);
		expect(emitted.size).toBe(mostEmitted);
		expect(trimEmitted(emitted, noon + 2 * hourMs + 20, noon + 3 * hourMs)).toBe(noon + 2 * hourMs + 20);
		expect(Math.min(...emitted.values())).toBe(noon + 20);
	});

	it('is written oldest first', () => {
		const emitted = new Map([noon + hourMs, noon, noon + minuteMs].map((time) => [shortIdOf(String(time)), time]));
		expect(Object.keys(writeEmitted(emitted, hourMs))).toEqual([noon, noon + minuteMs, noon + hourMs].map(iso));
	});

	it('exceeds its limit rather than forget ids after the cursor', () => {
		const emitted = new Map(Array.from({ length: mostEmitted + 10 }, (_, at) => [shortIdOf(String(at)), noon + hourMs]));
		expect(trimEmitted(emitted, noon, noon + minuteMs)).toBe(noon + minuteMs);
		expect(emitted.size).toBe(mostEmitted + 10);
	});

	it('comes back from its text, with times that are rounded up and do not drift', () => {
		const emitted = new Map([[shortIdOf('a'), noon - 1], [shortIdOf('b'), noon], [shortIdOf('c'), noon + 1]]);
		const text = writeEmitted(emitted, hourMs);
		expect([...(readEmitted(text) ?? [])].map(([, time]) => time)).toEqual([noon, noon, noon + minuteMs]);
		expect(writeEmitted(readEmitted(text) ?? new Map(), hourMs)).toEqual(text);
	});
});

describe('what is found as saved state', () => {
	it.each([
		['nothing', undefined],
		['null', null],
		['an empty object', {}],
	])('may be %s: a first poll, without a word', async (_what, found) => {
		expect(await poll(found, noon, new Report([call('a', noon - hourMs)]))).toMatchObject({ records: [], notices: [] });
	});

	it.each([
		['a number', 7],
		['a list', [1, 2]],
		['text', '2026-03-10'],
		['another node’s object', { lastTimeChecked: '2026-03-10T10:00:00Z' }],
		['a state with a cursor that no clock can show', { version: 1, event: 'callCompleted', cursor: '+275760-09-13T00:00:00Z', emittedSince: iso(noon), emitted: {} }],
		['a state with a broken cursor', { version: 1, event: 'callCompleted', cursor: 'soon', emittedSince: iso(noon), emitted: {} }],
	])('may be %s: it starts over and says so', async (_what, found) => {
		const report = new Report([call('a', noon - hourMs)]);
		const step = await poll(found, noon, report);
		expect(step.records).toEqual([]);
		expect(step.notices).toEqual([{ kind: 'restarted', text: expect.stringContaining("couldn't be read, so it started over") }]);
		expect((await poll(step.state, noon + minuteMs, report)).notices).toEqual([]);
	});

	it.each([
		['ids cut off', { emitted: { [iso(noon)]: 'AAAAAAA' } }],
		['ids that are none', { emitted: { [iso(noon)]: '!!!!!!!!' } }],
		['no ids', { emitted: undefined }],
		['a time that is none', { emitted: { then: 'AAAAAAAA' } }],
		['a time at the end of all time', { emitted: { '+275760-09-13T00:00:00Z': 'AAAAAAAA' } }],
		['no instant since when', { emittedSince: 5 }],
		['an instant since when after the cursor', { emittedSince: iso(noon + dayMs) }],
		['a version to come', { version: 3 }],
	])('may be a state with %s: it goes on from the cursor, emits the look-back again and says so', async (_what, damage) => {
		const report = new Report([call('old', noon - hourMs), call('new', noon + minuteMs)]);
		const { state } = await poll(undefined, noon, report);
		const step = await poll({ ...state, ...damage }, noon + 5 * minuteMs, report);
		expect(idsOf(step.records)).toEqual(['old', 'new']);
		expect(step.notices).toEqual([{ kind: 'repeated', text: expect.stringContaining('was emitted, some of it again') }]);
		const next = await poll(step.state, noon + 6 * minuteMs, report);
		expect(next).toMatchObject({ records: [], notices: [] });
	});

	it.each([['quietMs', -5], ['quietMs', 'long'], ['revision', 'many'], ['polls', {}], ['polls', [5, 'then']], ['told', 'yes'], ['notices', [{ kind: 'rumour' }]]])('may have a senseless %s, which does no harm', async (field, value) => {
		const state = { ...(await stateAt(noon)), [field]: value };
		const step = await poll(state, noon + 5 * minuteMs, new Report([call('a', noon)]));
		expect(step).toMatchObject({ notices: [], hasMore: false });
		expect(idsOf(step.records)).toEqual(['a']);
	});

	it('is left alone by a poll that fails', async () => {
		const fail = async (): Promise<ReturnType<typeof failed>> => await Promise.resolve(failed({ kind: 'network' }));
		const outcome = await advance('rubbish', noon, { read: fail, newest: fail }, optionsWith());
		expect(outcome).toEqual({ ok: false, failure: { kind: 'network' } });
	});
});

describe('the id of what was emitted', () => {
	it('is eight base64 characters, the same for the same key', () => {
		expect(shortIdOf('5ff4093743e9410210f60350')).toMatch(/^[A-Za-z0-9+/]{8}$/);
		expect(shortIdOf('a')).toBe(shortIdOf('a'));
		expect(shortIdOf('')).toHaveLength(8);
	});

	it('is the same in every process and release, as workflows have it saved', () => {
		expect(shortIdOf('5ff4093743e9410210f60350')).toBe('ffJBSZ84');
	});

	it('differs for each of 200,000 ids in a row, and both its halves are as different as chance makes them', () => {
		const count = 200_000;
		const ids = Array.from({ length: count }, (_, number) => shortIdOf(objectId(number)));
		expect(new Set(ids).size).toBe(count);
		// Of 2^24 values drawn n times, about n²/2^25 are drawn again: 1,192.
		expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBeGreaterThan(count - 1400);
		expect(new Set(ids.map((id) => id.slice(4))).size).toBeGreaterThan(count - 1400);
	});
});
