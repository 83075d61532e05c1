import fc from 'fast-check';

import { Pace } from '../../../../nodes/Samespace/reading';
import { VirtualTime } from '../../../support/virtualTime';

interface Limit {
	requests: number;
	intervalMs: number;
	/** Whole seconds until there is room, as a server says it; else nothing. */
	saysWhen: boolean;
}

interface Sent {
	at: number;
	by: number;
	isRefused: boolean;
}

const latencyMs = 60;

/** A cluster that allows so many requests in any interval, and workflows that ask it with some slots each until they have got theirs. */
async function load(limit: Limit, workflows: Array<{ slots: number; wanted: number }>, pace = new Pace()): Promise<{ sent: Sent[]; doneAt: number[] }> {
	const time = new VirtualTime(1_000_000);
	const sent: Sent[] = [];
	const room = (): number => {
		const allowed = sent.filter(({ isRefused, at }) => !isRefused && at > time.now() - limit.intervalMs);
		return allowed.length < limit.requests ? 0 : allowed[allowed.length - limit.requests].at + limit.intervalMs - time.now();
	};
	const begun = time.now();
	const workflow = async ({ slots, wanted }: { slots: number; wanted: number }, by: number): Promise<number> => {
		const asker = {};
		let left = wanted;
		const slot = async (): Promise<void> => {
			while (left > 0) {
				left -= 1;
				for (let isAnswered = false; !isAnswered; ) {
					const turn = pace.turn(asker, time);
					if (turn) await turn;
					const at = time.now();
					const waitMs = room();
					sent.push({ at, by, isRefused: waitMs > 0 });
					await time.sleep(latencyMs);
					isAnswered = waitMs === 0;
					const retryAfterMs = limit.saysWhen ? Math.ceil(waitMs / 1000) * 1000 : undefined;
					if (isAnswered) pace.succeeded(at);
					else {
						pace.throttled(at, retryAfterMs, time.now());
						await time.sleep(retryAfterMs ?? 500);
					}
				}
			}
		};
		await Promise.all(Array.from({ length: slots }, slot));
		return time.now() - begun;
	};
	const doneAt = await time.run(Promise.all(workflows.map(workflow)));
	return { sent: sent.map((one) => ({ ...one, at: one.at - begun })), doneAt };
}

const refusedAfter = (sent: Sent[], ms: number): number => sent.filter(({ at, isRefused }) => isRefused && at > ms).length;

it('nobody waits while nothing was refused', () => {
	const pace = new Pace();
	const time = new VirtualTime(0);
	for (let n = 0; n < 1000; n += 1) {
		expect(pace.turn({}, time)).toBeUndefined();
		pace.succeeded(0);
	}
});

it.each([true, false])('ten workflows at once where 5 requests a second are allowed (Retry-After: %s): none starves, and soon nothing is refused any more', async (saysWhen) => {
	const { sent, doneAt } = await load({ requests: 5, intervalMs: 1000, saysWhen }, Array.from({ length: 10 }, (_, n) => ({ slots: 1 + (n % 4), wanted: 40 })));
	expect(Math.max(...doneAt)).toBeLessThan(2 * Math.min(...doneAt));
	expect(refusedAfter(sent, 20_000)).toBe(0);
	// 400 requests at 5 a second take 80 s.
	expect(Math.max(...doneAt)).toBeLessThan(1.3 * 80_000);
});

it('whoever has much to read does not hold up who has little', async () => {
	const { doneAt } = await load({ requests: 5, intervalMs: 1000, saysWhen: true }, [{ slots: 8, wanted: 300 }, { slots: 8, wanted: 300 }, { slots: 1, wanted: 5 }]);
	expect(doneAt[2]).toBeLessThan(15_000);
});

it('a rate that was guessed too low grows to what the cluster allows', async () => {
	// 16 a second, of which the first refusal shows 4.
	const { sent, doneAt } = await load({ requests: 4, intervalMs: 250, saysWhen: true }, [{ slots: 8, wanted: 2000 }]);
	expect(doneAt[0]).toBeLessThan(2 * (2000 / 16) * 1000);
	expect(refusedAfter(sent, 60_000)).toBe(0);
});

it('whatever is allowed: all is read, and refusals end', async () => {
	const limits = fc.record({
		requests: fc.integer({ min: 1, max: 50 }),
		intervalMs: fc.constantFrom(100, 1000, 10_000, 60_000),
		saysWhen: fc.boolean(),
	});
	const work = fc.array(fc.record({ slots: fc.integer({ min: 1, max: 8 }), wanted: fc.integer({ min: 1, max: 60 }) }), { minLength: 1, maxLength: 6 });
	await fc.assert(
		fc.asyncProperty(limits, work, async (limit, workflows) => {
			const { sent } = await load(limit, workflows);
			const wanted = workflows.reduce((sum, one) => sum + one.wanted, 0);
			expect(sent.filter(({ isRefused }) => !isRefused)).toHaveLength(wanted);
			// A burst may be refused as a whole, before anything is known, and then some for each time that the rate is put right.
			expect(sent.length - wanted).toBeLessThan(100 + wanted / 4);
		}),
		{ numRuns: 100 },
	);
});

it('whoever is stopped while waiting goes at once, and takes no turn', async () => {
	const pace = new Pace();
	const time = new VirtualTime(0);
	const stop = new AbortController();
	pace.throttled(0, 60_000, 0);
	const turn = pace.turn({}, { ...time, signal: stop.signal });
	expect(turn).toBeInstanceOf(Promise);
	const other = Promise.resolve(pace.turn({}, time));
	stop.abort();
	await turn;
	expect(time.now()).toBe(0);
	await time.run(other);
	expect(time.now()).toBe(60_000);
	expect(pace.turn({}, { ...time, signal: stop.signal })).toBeUndefined();
});

it('a Retry-After beyond all measure, and a clock that is set back, hold up nobody for more than two minutes', async () => {
	const pace = new Pace();
	const time = new VirtualTime(10_000_000);
	pace.throttled(time.now(), 86_400_000, time.now());
	await time.run(Promise.resolve(pace.turn({}, time)));
	expect(time.now()).toBe(10_000_000 + 120_000);
	pace.throttled(time.now(), 5000, time.now());
	const earlier = new VirtualTime(0);
	expect(pace.turn({}, earlier)).toBeUndefined();
});

it('a refusal after little traffic tells little, and slows nobody down for long', async () => {
	const pace = new Pace();
	const time = new VirtualTime(10_000_000);
	pace.succeeded(time.now() - 50_000);
	pace.throttled(time.now(), 60_000, time.now());
	const begun = time.now() + 60_000;
	for (let n = 0; n < 100; n += 1) await time.run(Promise.resolve(pace.turn({}, time)));
	expect(time.now() - begun).toBeLessThan(60_000);
});

it('a cluster that refuses everything for an hour is asked once or twice a minute', async () => {
	const pace = new Pace();
	const time = new VirtualTime(0);
	let asked = 0;
	while (time.now() < 3_600_000) {
		await time.run(Promise.resolve(pace.turn({}, time)));
		asked += 1;
		pace.throttled(time.now(), undefined, time.now());
	}
	expect(asked).toBeGreaterThan(50);
	expect(asked).toBeLessThan(150);
});

it('what was learnt is forgotten bit by bit: after hours nobody waits', async () => {
	const pace = new Pace();
	const { sent } = await load({ requests: 5, intervalMs: 1000, saysWhen: true }, [{ slots: 8, wanted: 100 }], pace);
	expect(sent.some(({ isRefused }) => isRefused)).toBe(true);
	const later = new VirtualTime(1_000_000 + 4 * 3_600_000);
	for (let n = 0; n < 100; n += 1) expect(pace.turn({}, later)).toBeUndefined();
});

it('a steady stream of new workflows does not starve an earlier one', async () => {
	const pace = new Pace();
	const time = new VirtualTime(1_000_000);
	for (let n = 0; n < 60; n += 1) pace.succeeded(time.now() - 1000 * n);
	// The second refusal shows that the pace of the first was near.
	pace.throttled(time.now(), 60_000, time.now());
	await time.run(Promise.resolve(pace.turn({}, time)));
	pace.succeeded(time.now());
	pace.throttled(time.now() + 1, 60_000, time.now() + 1);
	const turns = { patient: 0, newcomers: 0 };
	const until = time.now() + 240_000;
	const asking = async (who: keyof typeof turns, askerOf: () => object): Promise<void> => {
		while (time.now() < until) {
			await pace.turn(askerOf(), time);
			turns[who] += 1;
			await time.sleep(1);
		}
	};
	const patient = {};
	await time.run(Promise.all([asking('patient', () => patient), ...[1, 2, 3].map(async () => await asking('newcomers', () => ({})))]));
	expect(turns.newcomers).toBeGreaterThan(50);
	expect(turns.patient).toBeGreaterThan(turns.newcomers / 4);
});

it('a short outage of refusals, whatever its Retry-After, is forgotten within minutes', async () => {
	for (const retryAfterMs of [undefined, 0, 1000, 30_000, 60_000]) {
		const pace = new Pace();
		const time = new VirtualTime(1_000_000);
		for (let n = 0; n < 5; n += 1) pace.succeeded(time.now() - 10_000 * n);
		const over = time.now() + 70_000;
		while (time.now() < over) {
			await time.run(Promise.resolve(pace.turn({}, time)));
			pace.throttled(time.now(), retryAfterMs, time.now());
		}
		const begun = time.now();
		for (let n = 0; n < 1000; n += 1) await time.run(Promise.resolve(pace.turn({}, time)));
		expect([retryAfterMs, (time.now() - begun) / 60_000 < 5]).toEqual([retryAfterMs, true]);
	}
});

it('after the clock is set back, a refusal still slows requests down', async () => {
	const pace = new Pace();
	await load({ requests: 5, intervalMs: 1000, saysWhen: true }, [{ slots: 8, wanted: 100 }], pace);
	const time = new VirtualTime(0);
	for (let n = 0; n < 10; n += 1) pace.succeeded(time.now());
	pace.throttled(1, 10_000, 2);
	await time.run(Promise.resolve(pace.turn({}, time)));
	const begun = time.now();
	await time.run(Promise.resolve(pace.turn({}, time)));
	expect(time.now() - begun).toBeGreaterThan(900);
});

it('an execution that starts alone has no limit, and one that starts beside others shares theirs', async () => {
	const pace = new Pace();
	const time = new VirtualTime(0);
	const isHeldUp = async (asker: object): Promise<boolean> =>
		await pace.share(asker, async () => {
			const stop = new AbortController();
			const turn = pace.turn(asker, { ...time, signal: stop.signal });
			stop.abort();
			await turn;
			return turn !== undefined;
		});
	const [first, second, third] = [{}, {}, {}];
	await pace.share(first, async () => await Promise.resolve(pace.throttled(time.now(), 60_000, time.now())));
	expect(await isHeldUp(first)).toBe(true);
	expect(await isHeldUp(second)).toBe(false);
	await pace.share(second, async () => {
		pace.throttled(time.now(), 60_000, time.now());
		expect(await isHeldUp(third)).toBe(true);
	});
});

it('a clock that stands still holds up nobody', async () => {
	const pace = new Pace();
	let slept = 0;
	const io = { now: () => 1000, sleep: async (ms: number) => void (slept += await Promise.resolve(ms)) };
	pace.throttled(1000, 60_000, 1000);
	for (let n = 0; n < 10; n += 1) await pace.turn({}, io);
	expect(slept).toBeGreaterThanOrEqual(60_000);
	expect(slept).toBeLessThan(120_000);
});
