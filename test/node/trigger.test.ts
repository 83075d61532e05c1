import { startSimulator, type Simulator, type Switches } from '../simulator/index.ts';
import { credentialFor } from '../support/asking.ts';
import { PolledTrigger } from '../support/runNode.ts';

const minuteMs = 60_000;
const ago = (minutes: number): string => new Date(Date.now() - minutes * minuteMs).toISOString();

let cluster: Simulator;
beforeEach(async () => {
	cluster = await startSimulator({ truth: {} });
});
afterEach(async () => {
	cluster.assertNoViolations();
	await cluster.close();
});

function triggerOn(event: string, parameters = {}): PolledTrigger {
	return new PolledTrigger({ event, output: 'raw', options: { settleSeconds: 0 }, ...parameters }, credentialFor(cluster));
}

function addCall(id: string, startedMinutesAgo: number, endedMinutesAgo: number | null): void {
	cluster.addCall({ _id: id, start_time: ago(startedMinutesAgo), end_time: endedMinutesAgo === null ? (null as never) : ago(endedMinutesAgo) });
}

it('the first poll hands nothing on; then each finished call comes once, in the order of time', async () => {
	addCall('old', 30, 29);
	const trigger = triggerOn('callCompleted');
	expect(await trigger.poll()).toEqual([]);
	addCall('second', 5, 1);
	addCall('first', 20, 2);
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['first', 'second']);
	expect(await trigger.poll()).toEqual([]);
});

it('a poll that emits nothing still has its state saved if the cursor moved far', async () => {
	const trigger = triggerOn('callMissed');
	addCall('old', 700, 699);
	await trigger.poll();
	cluster.addCall({ _id: 'answered', direction: 'in', start_time: ago(5), answer_time: ago(4), end_time: ago(3) });
	expect(await trigger.poll()).toEqual([]);
	expect(trigger.hasEmitted).toBe(true);
	expect(await trigger.poll()).toEqual([]);
	expect(trigger.hasEmitted).toBe(false);
});

it('a call that is still running comes once it has ended', async () => {
	const trigger = triggerOn('callCompleted');
	await trigger.poll();
	addCall('long', 90, null);
	expect(await trigger.poll()).toEqual([]);
	cluster.updateCall('long', { end_time: ago(0.01) });
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['long']);
});

describe('the poll with which n8n reactivates a published workflow at startup', () => {
	it.each(['init', 'leadershipChange'] as const)('goes well though the cluster fails (%s); the next poll shows it, and nothing is lost', async (activation) => {
		const trigger = triggerOn('callCompleted');
		await trigger.poll();
		addCall('during the outage', 5, 4);
		cluster.faults.add({ kind: 'status', status: 400, message: 'no', times: 9 });
		expect(await trigger.poll('trigger', activation)).toEqual([]);
		await expect(trigger.poll()).rejects.toThrow('no');
		cluster.faults.clear();
		expect((await trigger.poll('trigger', activation)).map(({ _id }) => _id)).toEqual(['during the outage']);
	});

	it('passes on what the user must know: the next poll shows it, once', async () => {
		const trigger = await triggerThatStartedOver();
		addCall('one', 5, 4);
		trigger.restart();
		expect((await trigger.poll('trigger', 'init')).map(({ _id }) => _id)).toEqual(['one']);
		await expect(trigger.poll()).rejects.toThrow('This trigger started over');
		expect([await trigger.poll(), trigger.hasEmitted]).toEqual([[], true]);
		expect([await trigger.poll(), trigger.hasEmitted]).toEqual([[], false]);
	});

	it('differs from the poll at publication, which shows the error', async () => {
		cluster.faults.add({ kind: 'status', status: 400, message: 'no', times: 9 });
		await expect(triggerOn('callCompleted').poll('trigger', 'activate')).rejects.toThrow('no');
	});
});

/** Its last poll left something to be shown. */
async function triggerThatStartedOver(): Promise<PolledTrigger> {
	const trigger = triggerOn('callCompleted');
	trigger.restore(JSON.stringify({ 'node:Trigger': { poll: 'no state' } }));
	await trigger.poll();
	return trigger;
}

describe('a notice blocks neither polls nor activations, however often n8n is restarted', () => {
	const days = [1, 2, 3, 4, 5, 6];

	/** Polls once; what comes is the ids of the calls, or the error. */
	async function came(trigger: PolledTrigger, activation?: 'init' | 'activate' | 'update'): Promise<string[]> {
		return await trigger.poll('trigger', activation).then((items) => items.map(({ _id }) => String(_id)), (error: Error) => [error.message]);
	}

	/** All that comes on these days, each with a call and a restart, and polls of these activations. */
	async function cameOver(trigger: PolledTrigger, ...activations: Array<'init' | 'update'>): Promise<string[]> {
		const all: string[] = [];
		for (const day of days) {
			addCall(`call ${day}`, 5, 4);
			trigger.restart();
			for (const activation of activations) all.push(...(await came(trigger, activation)));
		}
		return all;
	}

	it('once a day, with a poll in between: it is shown a few times at most, and each call comes once', async () => {
		const all = await cameOver(await triggerThatStartedOver(), 'init', 'update');
		const shown = all.filter((text) => text === 'This trigger started over').length;
		expect(shown).toBeGreaterThanOrEqual(1);
		expect(shown).toBeLessThanOrEqual(3);
		expect(all.filter((text) => text !== 'This trigger started over')).toEqual(days.map((day) => `call ${day}`));
	});

	it('before each poll: each call comes once', async () => {
		expect(await cameOver(await triggerThatStartedOver(), 'update')).toEqual(days.map((day) => `call ${day}`));
	});

	it.each(['activate', 'update'] as const)('an activation (%s) succeeds in spite of it, and the next poll shows it', async (activation) => {
		const trigger = await triggerThatStartedOver();
		expect(await came(trigger, activation)).toEqual([]);
		expect(await came(trigger)).toEqual(['This trigger started over']);
		expect(await came(trigger, 'activate')).toEqual([]);
		expect(await came(trigger)).toEqual([]);
	});
});

describe('polls that n8n runs with a state of their own each, as with durable cursors', () => {
	it('that overlap emit each call once', async () => {
		const trigger = triggerOn('callCompleted');
		await trigger.poll();
		addCall('one', 5, 4);
		const saved = trigger.state;
		cluster.latencyMs = 50;
		const first = trigger.poll();
		const second = trigger.poll();
		expect([...(await first), ...(await second)].map(({ _id }) => _id)).toEqual(['one']);
		trigger.restore(saved);
		expect(await trigger.poll()).toEqual([]);
	});

	it('emit a call again if n8n still has not saved the first poll after 3 minutes', async () => {
		const trigger = triggerOn('callCompleted');
		await trigger.poll();
		const saved = trigger.state;
		addCall('one', 5, 4);
		expect(await trigger.poll()).toHaveLength(1);
		trigger.restore(saved);
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3 * minuteMs);
		expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['one']);
		clock.mockRestore();
	});

	it('a poll that failed stands in nobody’s way', async () => {
		const trigger = triggerOn('callCompleted');
		await trigger.poll();
		addCall('one', 5, 4);
		cluster.faults.add({ kind: 'status', status: 400, message: 'no', times: 9 });
		await expect(trigger.poll()).rejects.toThrow('no');
		cluster.faults.clear();
		expect(await trigger.poll()).toHaveLength(1);
	});
});

it('an idle poll is one request', async () => {
	const trigger = triggerOn('callCompleted');
	await trigger.poll();
	cluster.clearLog();
	await trigger.poll();
	expect(cluster.log).toHaveLength(1);
});

it('a test run shows the newest few and changes nothing', async () => {
	for (let n = 0; n < 9; n += 1) addCall(`call-${n}`, 60 - n, 59 - n);
	const trigger = triggerOn('callCompleted');
	expect((await trigger.poll('manual')).map(({ _id }) => _id)).toEqual(['call-4', 'call-5', 'call-6', 'call-7', 'call-8']);
	expect(trigger.state).toBe('{}');
});

it('a wrong key is an error that says so, and leaves the state as it was', async () => {
	const trigger = new PolledTrigger({ event: 'callCompleted' }, credentialFor(cluster, { apiKey: 'wrong' }));
	await expect(trigger.poll()).rejects.toThrow('Samespace refused the API key');
	expect(trigger.state).toBe('{}');
});

it('an option that makes no sense is an error that names it', async () => {
	const trigger = triggerOn('callCompleted', { options: { maxItemsPerPoll: 0 } });
	await expect(trigger.poll()).rejects.toThrow("'Max Items per Poll' is '0'");
});

it('an outage only delays', async () => {
	const trigger = triggerOn('callCompleted');
	await trigger.poll();
	addCall('during', 5, 1);
	cluster.faults.add({ kind: 'status', status: 503, retryAfter: '0', times: 6 });
	await expect(trigger.poll()).rejects.toThrow('status 503');
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['during']);
	expect(await trigger.poll()).toEqual([]);
});

it('a restart that forgot the quiet polls loses and repeats nothing', async () => {
	const trigger = triggerOn('callCompleted');
	await trigger.poll();
	addCall('one', 5, 4);
	expect(await trigger.poll()).toHaveLength(1);
	const saved = trigger.state;
	await trigger.poll();
	await trigger.poll();
	trigger.restore(saved);
	addCall('two', 3, 2);
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['two']);
});

it('a login and its logout under one id are two events', async () => {
	const trigger = triggerOn('sessionActivity');
	await trigger.poll();
	cluster.addSession({ _id: 'shift', start_time: ago(10), end_time: null as never, activity: 'login' });
	expect((await trigger.poll()).map(({ activity }) => activity)).toEqual(['login']);
	cluster.updateSession('shift', { end_time: ago(0.01), logout_reason: 'Network Loss' });
	expect((await trigger.poll()).map(({ logout_reason: reason }) => reason)).toEqual(['Network Loss']);
	expect(await trigger.poll()).toEqual([]);
});

it('only poor ratings start the workflow where that is asked', async () => {
	const trigger = triggerOn('csatReceived', { filters: { maxRating: 2 } });
	await trigger.poll();
	const answer = (rating: string): never[] => [{ _id: `a${rating}`, timestamp: ago(1), uuid: 'u', question: 'SURVEY_ANSWER_1:How?', answer: rating }] as never[];
	cluster.addCsat({ _id: 'good', start_time: ago(8), end_time: ago(5), csat: answer('5') });
	cluster.addCsat({ _id: 'poor', start_time: ago(7), end_time: ago(4), csat: answer('1') });
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['poor']);
});

it('more than the limit of a poll follows with the next ones', async () => {
	const trigger = triggerOn('callCompleted', { options: { settleSeconds: 0, maxItemsPerPoll: 2 } });
	await trigger.poll();
	for (let n = 0; n < 5; n += 1) addCall(`call-${n}`, 30 - n, 20 - n);
	const polls = [await trigger.poll(), await trigger.poll(), await trigger.poll(), await trigger.poll()];
	expect(polls.map((records) => records.map(({ _id }) => _id))).toEqual([['call-0', 'call-1'], ['call-2', 'call-3'], ['call-4'], []]);
});

describe('each event comes exactly once', () => {
	it('from the moment of activation on: the first poll emits an empty list, since n8n keeps a state only then', async () => {
		const trigger = triggerOn('callCompleted');
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.hasEmitted).toBe(true);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.hasEmitted).toBe(false);
	});

	it.each([24, -6])('though this clock is %i hours off for a poll', async (hours) => {
		addCall('known', 2, 1);
		const trigger = triggerOn('callCompleted');
		await trigger.poll();
		addCall('a', 1, 0.5);
		const wrong = await atClock(hours * 60 * minuteMs, async () => await trigger.poll().catch((error: Error) => error.message));
		addCall('b', 0.5, 0.1);
		const came = [...(Array.isArray(wrong) ? wrong : []), ...(await trigger.poll())];
		expect(came.map(({ _id }) => _id)).toEqual(['a', 'b']);
		expect(await trigger.poll()).toEqual([]);
		if (hours > 0) await expect(trigger.poll()).rejects.toThrow("The n8n server's clock has jumped");
		if (hours < 0) expect(wrong).toBe("The n8n server's clock is behind");
	});

	it('after the filter is widened: nothing old comes, and everything new does', async () => {
		const of = (team_name: string, id: string, ended: number): void => void cluster.addCall({ _id: id, team_name, start_time: ago(ended + 1), end_time: ago(ended) });
		for (let n = 0; n < 30; n += 1) of(n % 2 ? 'A' : 'B', `old-${n}`, 90 - n);
		const trigger = triggerOn('callCompleted', { filters: { teamName: ['A'] } });
		await trigger.poll();
		of('A', 'one', 0.2);
		expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['one']);
		trigger.parameters.filters = { teamName: ['A', 'B'] };
		of('B', 'two', 0);
		expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['two']);
		expect(await trigger.poll()).toEqual([]);
	});

	it.each<[string, Partial<Switches>]>([
		['whole records only', { wholeRecordsOnly: true }],
		['whole records only, at most 10 a page', { wholeRecordsOnly: true, maxLimit: 10 }],
		['whole seconds', { comparedIn: 's', rounding: 'round' }],
	])('over a catch-up of five days on a cluster that counts %s', async (_what, switches) => {
		const trigger = triggerOn('callCompleted', { options: { settleSeconds: 0, maxItemsPerPoll: 37 } });
		await atClock(-5 * 1440 * minuteMs, async () => await trigger.poll());
		Object.assign(cluster.switches, switches);
		const ids: string[] = [];
		for (let n = 0; n < 400; n += 1) {
			const started = 5 * 1440 - 5 - n * 17;
			const lasted = n % 7 === 0 ? 330 : 10;
			if (started - lasted < 1) break;
			addCall(`call-${n}`, started, started - lasted);
			ids.push(`call-${n}`);
		}
		const came: unknown[] = [];
		for (let polls = 0; polls < 20; polls += 1) came.push(...(await trigger.poll()).map(({ _id }) => _id));
		expect(came).toEqual(ids);
	}, 60_000);

	it('though the end of an open login is refreshed all the time (U23)', async () => {
		cluster.switches.openLogins = { everySeconds: 300 };
		const trigger = triggerOn('sessionActivity');
		await atClock(-9 * 60 * minuteMs, async () => (cluster.setNow(ago(9 * 60)), await trigger.poll()));
		cluster.addSession({ _id: 'shift', start_time: ago(8.5 * 60), end_time: null as never, activity: 'login', logout_reason: null as never });
		const came: unknown[] = [];
		for (let minutes = 8 * 60; minutes > 0; minutes -= 5) {
			cluster.setNow(ago(minutes));
			came.push(...(await atClock(-minutes * minuteMs, async () => await trigger.poll())).map(({ activity }) => activity));
		}
		cluster.setNow();
		cluster.updateSession('shift', { end_time: ago(0.01), logout_reason: 'Idle' });
		came.push(...(await trigger.poll()).map(({ activity }) => activity), ...(await trigger.poll()));
		expect(came).toEqual(['login', 'logout']);
	}, 60_000);

	it('though more calls than a page has begin at one instant, in an order that changes', async () => {
		cluster.switches.order = 'unstableBetweenRequests';
		const trigger = triggerOn('callCompleted', { options: { settleSeconds: 0, maxItemsPerPoll: 5000 } });
		await trigger.poll();
		const [start, end] = [ago(5), ago(4)];
		for (let n = 0; n < 1500; n += 1) cluster.addCall({ _id: `dense-${n}`, start_time: start, end_time: end });
		const came = await trigger.poll();
		expect(new Set(came.map(({ _id }) => _id)).size).toBe(1500);
		addCall('next', 1, 0.1);
		expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['next']);
	}, 60_000);
});

describe('what the user must know', () => {
	it('is told by a poll that fails once', async () => {
		const trigger = triggerOn('callCompleted');
		await trigger.poll();
		addCall('a', 2, 1);
		await trigger.poll();
		trigger.restore(JSON.stringify({ 'node:Trigger': { poll: { version: 1 } } }));
		expect(await trigger.poll()).toEqual([]);
		// An activation could be the next: it must not fail.
		expect(await trigger.poll()).toEqual([]);
		const told = trigger.state;
		await expect(trigger.poll()).rejects.toThrow('This trigger started over');
		// With durable cursors n8n forgets what a poll that failed has noted.
		trigger.restore(told);
		addCall('b', 1, 0.1);
		expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['b']);
		expect(await trigger.poll()).toEqual([]);
	});
});

it('a call that nobody answered is missed, an answered or an outbound one is not', async () => {
	const trigger = triggerOn('callMissed');
	await trigger.poll();
	const ended = { start_time: ago(3), end_time: ago(2) };
	cluster.addCall({ ...ended, _id: 'missed', direction: 'in', answer_time: null as never });
	cluster.addCall({ ...ended, _id: 'answered', direction: 'in', answer_time: ago(2.5) });
	cluster.addCall({ ...ended, _id: 'outbound', direction: 'out', answer_time: null as never });
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['missed']);
});

it('only logouts start the workflow where that is chosen', async () => {
	const trigger = triggerOn('sessionActivity', { filters: { activity: ['logout'] } });
	await trigger.poll();
	cluster.addSession({ _id: 'shift', start_time: ago(10), end_time: null as never, activity: 'login', logout_reason: null as never });
	expect(await trigger.poll()).toEqual([]);
	cluster.updateSession('shift', { end_time: ago(0.01), logout_reason: 'Idle' });
	expect((await trigger.poll()).map(({ activity }) => activity)).toEqual(['logout']);
});

it('each answer is an item of its own where that is chosen, and comes once', async () => {
	const trigger = triggerOn('csatReceived', { output: 'simplified', itemPer: 'answer' });
	await trigger.poll();
	const answer = (n: number): never => ({ _id: `a${n}`, timestamp: ago(1), uuid: 'u', question: `SURVEY_ANSWER_${n}:How?`, answer: String(n) }) as never;
	cluster.addCsat({ _id: 'talk', start_time: ago(8), end_time: ago(5), csat: [answer(1), answer(2)] });
	expect((await trigger.poll()).map(({ answer: given }) => given)).toEqual(['1', '2']);
	cluster.updateCsat('talk', { csat: [answer(1), answer(2), answer(3)] });
	expect((await trigger.poll()).map(({ answer: given }) => given)).toEqual(['3']);
});

it('answers left out by a rating filter do not count towards the limit of a poll', async () => {
	const trigger = triggerOn('csatReceived', { output: 'simplified', itemPer: 'answer', filters: { maxRating: 2 }, options: { settleSeconds: 0, maxItemsPerPoll: 2 } });
	await trigger.poll();
	const answers = ['5', '4', '1'].map((answer, n) => ({ _id: `answer-${n}`, uuid: 'rated', question: 'Q', answer, timestamp: ago(1) }));
	cluster.addCsat({ _id: 'rated', start_time: ago(6), end_time: ago(3), csat: answers });
	expect((await trigger.poll()).map(({ answer }) => answer)).toEqual(['1']);
});

it('selected fields are all that an item has', async () => {
	const trigger = triggerOn('callCompleted', { output: 'selectedFields', fields: ['_id', 'end_time'] });
	await trigger.poll();
	addCall('a', 2, 1);
	expect((await trigger.poll()).map((item) => Object.keys(item))).toEqual([['_id', 'end_time']]);
});

it('an idle poll does not read all logins of a cluster that ignores times, newest first', async () => {
	Object.assign(cluster.switches, { timeFilterIgnored: ['sessions'], order: 'newestFirst' });
	for (let n = 0; n < 6000; n += 1) cluster.addSession({ _id: `s-${n}`, start_time: ago(60 + 5 * n), end_time: ago(59 + 5 * n), logout_reason: 'Idle' });
	const trigger = triggerOn('sessionActivity');
	await trigger.poll();
	cluster.clearLog();
	await trigger.poll();
	expect(cluster.log.length).toBeLessThanOrEqual(2);
}, 60_000);

async function atClock<Result>(byMs: number, work: () => Promise<Result>): Promise<Result> {
	const real = Date.now.bind(Date);
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + byMs);
	return await work().finally(() => clock.mockRestore());
}
