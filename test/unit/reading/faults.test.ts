import { explain } from '../../../nodes/Samespace/transport';
import { behaviourWith, days, finalFaults, harmlessFaults, isRefusedDepth, passingFaults, places, plain, records, rowFaults, type FaultCase, type Place } from './faultCases.ts';
import { idsOf, read, type Reading } from './reading.ts';

const everyPlace = Object.keys(places) as Place[];
const widths = [1, 4] as const;
const cases = everyPlace.flatMap((place) => widths.map((concurrency) => [place, concurrency] as const));

async function readWith(fault: FaultCase, place: Place, { concurrency = 1, times = 1, maxRetries = 5 } = {}): Promise<Reading> {
	return await read([...records], behaviourWith(fault, places[place], times), { days, concurrency, maxRetries });
}

/** In the order of sending; with several under way, whatever their order. */
function inOrder(sent: readonly string[], concurrency: number): string[] {
	return concurrency === 1 ? [...sent] : [...sent].sort();
}

/** `plain` with the page at a place asked for so many times. */
function repeating(place: Place, times: number): string[] {
	return plain.flatMap((page) => (page.startsWith(`${places[place]}+`) ? Array.from({ length: times }, () => page) : [page]));
}

describe.each(Object.entries(passingFaults))('%s', (_, fault) => {
	it.each(cases)('at the %s page, %i at a time, is got over by asking once more', async (place, concurrency) => {
		const { ids, failure, api, statistics } = await readWith(fault, place, { concurrency });
		expect(failure).toBeNull();
		expect(ids).toEqual(idsOf(records));
		expect(inOrder(api.asked, concurrency)).toEqual(inOrder(repeating(place, 2), concurrency));
		expect(statistics).toMatchObject({ requests: 6, retries: 1, duplicates: 0 });
	});

	it.each(cases)('at the %s page, %i at a time, is an error if it stays', async (place, concurrency) => {
		const { ids, failure, api } = await readWith(fault, place, { concurrency, times: 99, maxRetries: 2 });
		if (place !== 'first' && isRefusedDepth(fault)) return expect(ids.sort()).toEqual(idsOf(records));
		expect(failure && explain(failure).title).toBe(fault.error);
		expect(failure?.attempts).toBe(3);
		const sent = concurrency === 4 && place !== 'first' ? repeating(place, 3) : repeating(place, 3).slice(0, places[place] / 10 + 3);
		expect(inOrder(api.asked, concurrency)).toEqual(inOrder(sent, concurrency));
	});
});

describe.each(Object.entries(finalFaults))('%s', (_, fault) => {
	it.each(cases)('at the %s page, %i at a time, is an error at once', async (place, concurrency) => {
		const { ids, failure, api } = await readWith(fault, place, { concurrency });
		if (place !== 'first' && isRefusedDepth(fault)) return expect(ids.sort()).toEqual(idsOf(records));
		expect(failure).toMatchObject({ attempts: 1 });
		const sent = concurrency === 4 && place !== 'first' ? plain : plain.slice(0, places[place] / 10 + 1);
		expect(inOrder(api.asked, concurrency)).toEqual(inOrder(sent, concurrency));
	});
});

describe.each(Object.entries(harmlessFaults))('%s', (name, fault) => {
	it.each(cases)('at the %s page, %i at a time, makes no difference', async (place, concurrency) => {
		const { ids, failure, api } = await readWith(fault, place, { concurrency, times: 99 });
		expect(failure).toBeNull();
		const truth = idsOf(records).map((id, n) => (name === 'a record without an id' && n === places[place] ? 'undefined' : id));
		expect(ids).toEqual(truth);
		expect(inOrder(api.asked, concurrency)).toEqual(inOrder(plain, concurrency));
	});
});

describe.each(Object.entries(rowFaults))('%s', (name, fault) => {
	it.each(cases)('at the %s page, %i at a time, is noticed, and every record comes out once', async (place, concurrency) => {
		const { ids, failure, api } = await readWith(fault, place, { concurrency });
		expect(failure).toBeNull();
		expect(new Set(ids).size).toBe(ids.length);
		const removedUnseen = name === 'a record that is removed' && place === 'first' ? [records[0].id] : [];
		expect([...removedUnseen, ...ids].sort()).toEqual([...new Set([...idsOf(records), ...idsOf(api.records)])].sort());
		expect(api.log.length).toBeLessThanOrEqual(4 * plain.length);
	});
});

describe('what stays wrong with rows or totals', () => {
	const lasting = Object.entries(rowFaults).filter(([, { body, error }]) => body && error);

	it.each(lasting)('%s at the first page of every window is the truth or an error that says what is missing', async (name, fault) => {
		const { ids, failure, api } = await readWith(fault, 'first', { times: Infinity });
		if (name === 'the page before once more') {
			expect(failure).toBeNull();
			expect(ids).toEqual(idsOf(records));
		} else {
			// A total that is seen to count something else does no harm.
			if (failure) expect(explain(failure).title).toBe(fault.error);
			else expect(ids).toEqual(idsOf(records));
			expect(api.log.length).toBeLessThan(200);
		}
	});

	it.each(lasting)('%s at the third page of every window is got round: shorter windows have no third page', async (_, fault) => {
		const { ids, failure } = await readWith(fault, 'middle', { times: Infinity });
		expect(failure).toBeNull();
		expect(ids.sort()).toEqual(idsOf(records));
	});
});

it('503 with the longest accepted Retry-After is waited out for two minutes each time', async () => {
	const { tookMs, failure } = await readWith({ ...passingFaults['503'], answer: { ok: false, failure: { kind: 'status', status: 503, retryAfterMs: 120_000 } } }, 'middle', { times: 2 });
	expect(failure).toBeNull();
	expect(tookMs).toBe(240_000 + 7 * 10);
});
