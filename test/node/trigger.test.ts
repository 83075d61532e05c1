import { startSimulator, type Simulator } from '../simulator/index.ts';
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

it('a call that is still running comes once it has ended', async () => {
	const trigger = triggerOn('callCompleted');
	await trigger.poll();
	addCall('long', 90, null);
	expect(await trigger.poll()).toEqual([]);
	cluster.updateCall('long', { end_time: ago(0.01) });
	expect((await trigger.poll()).map(({ _id }) => _id)).toEqual(['long']);
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
