import { startSimulator, type Simulator } from '../simulator/index.ts';
import { allowedErrors, plays, type Play } from '../support/unknowns.ts';
import { credentialFor } from '../support/asking.ts';
import { PolledTrigger } from '../support/runNode.ts';

const hourMs = 3_600_000;
const activation = Date.UTC(2026, 9, 20, 6);
const everyMs = 3 * hourMs;
const polls = 6;
const end = activation + polls * everyMs;
const iso = (instantMs: number): string => new Date(instantMs).toISOString();

const events = { calls: 'callCompleted', sessions: 'sessionActivity', csat: 'csatReceived' } as const;
type Report = keyof typeof events;

/** Each unknown, by those plays that stand for it. Rows that come with each request follow no clock. */
const played = plays
	.filter(({ unknown, name, inPairs }) => inPairs && unknown !== 'U25' && !name.includes('rows come'))
	.flatMap((play) => (Object.keys(events) as Report[]).filter((report) => play.touches.includes(report)).map((report) => [play, report] as const));

let cluster: Simulator;
afterEach(async () => await cluster.close());

/** A page with a fault is asked for again at once. */
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => await Promise.resolve() }));

it.each(played.map(([play, report]) => [play.unknown, play.name, report, play] as const))('%s, %s: each of the %s once', async (_unknown, _name, report, play) => {
	await start(play, report);
	const came: string[] = [];
	const errors: string[] = [];
	const clock = jest.spyOn(Date, 'now');
	const trigger = new PolledTrigger({ event: events[report], output: 'raw', options: { settleSeconds: 0 } }, credentialFor(cluster, { timezone: play.zones?.credential ?? play.zones?.cluster ?? 'UTC' }));
	for (let at = activation; at <= end; at += everyMs) {
		cluster.setNow(iso(at));
		clock.mockReturnValue(at);
		const items = await trigger.poll().catch((error: Error) => void errors.push(error.message));
		for (const { _id: id, activity } of items ?? []) came.push(report === 'sessions' ? `${String(idOf(id))} ${String(activity)}` : String(idOf(id)));
	}
	clock.mockRestore();
	expect([...came].sort()).toEqual([...new Set(came)].sort());
	const allowed = [...(play.may ?? []), ...(play.mayInPairs ?? [])].map((name) => allowedErrors[name]);
	const notices = /^Not all records could be read/;
	expect(errors.filter((message) => ![...allowed, notices].some((pattern) => pattern.test(message)) || allowed.length === 0)).toEqual([]);
	if (errors.length === 0) expect(wanted(report).filter((id) => !came.includes(id))).toEqual([]);
	expect(came.filter((id) => !isNews(id, report))).toEqual([]);
});

async function start(play: Play, report: Report): Promise<void> {
	const switches = typeof play.switches === 'function' ? play.switches(report) : play.switches;
	cluster = await startSimulator({ seed: 5, days: 8, callsPerDay: report === 'csat' ? 400 : 60, agents: 12, now: iso(end), timezone: play.zones?.cluster, switches: { visibility: true, ...switches } });
	for (const fault of play.faults ?? []) cluster.faults.add(fault);
}

/** What must come: what ended, or was answered, after the activation, as far as it is listed in time. */
function wanted(report: Report): string[] {
	const lateMs = lagMs();
	const isIn = (time: unknown): boolean => Date.parse(String(time)) > activation && Date.parse(String(time)) <= end - lateMs;
	if (report === 'calls') return cluster.truth.calls().filter(({ end_time: time }) => isIn(time)).map(({ _id }) => _id);
	if (report === 'sessions') return cluster.truth.sessions().filter(({ end_time: time }) => isIn(time)).map(({ _id }) => `${_id} logout`);
	return [...new Set(cluster.truth.csat().filter(({ end_time: time, csat }) => csat.length > 0 && csat.every(({ timestamp }) => isIn(timestamp)) && isIn(time)).map(({ _id }) => _id))];
}

function lagMs(): number {
	const { visibility } = cluster.switches;
	return typeof visibility === 'object' ? 1000 * visibility.lagSeconds : 60_000;
}

function isNews(id: string, report: Report): boolean {
	const [own] = id.split(' ');
	const [record] = cluster.truth[report]().filter(({ _id }) => _id === own);
	return record !== undefined && Date.parse(String(record.end_time ?? iso(end))) > activation - hourMs;
}

/** An id may be written as `{ $oid }`. */
function idOf(id: unknown): unknown {
	return typeof id === 'object' && id !== null && '$oid' in id ? id.$oid : id;
}
