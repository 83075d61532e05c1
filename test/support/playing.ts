import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type CallRecord, type CsatRecord, type Fault, type ReportName, type SessionRecord, type Simulator, type Switches } from '../simulator/index.ts';
import { ask, credentialFor } from './asking.ts';
import { filters, now, ranges, truthQuery, type AskName, type Centre } from './busyCentre.ts';
import type { NodeRun } from './runNode.ts';
import { allowedErrors, type ErrorName, type Play } from './unknowns.ts';

export const pageSize = 30;

const nowMs = Date.parse(now);
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** As long as the longest record of the centre, on either side, and some minutes. */
const wholeRecordsMs = 23 * 60 * minuteMs;

/** One reading: a report and a range of a cluster where these plays hold together. */
export type Scene = { plays: readonly Play[]; report: ReportName; ask: AskName; concurrency: number };

/** What came of it. */
export type Verdict = {
	/** The error's title and text, '' where there is none. */
	error: string;
	/** Ids with their start that are missing, that came more than once, and that should not have come. */
	missing: string[];
	twice: string[];
	strangers: string[];
	/** Requests that were sent, rows that the cluster has for them, and the fewest pages that these take. */
	requests: number;
	rows: number;
	pages: number;
};

type Row = { _id?: unknown; start_time?: unknown };

/** What can move rows while they are read. */
const movingFaults: ReadonlySet<string> = new Set(['insertRow', 'dropRow']);

/** Plays a scene. Nothing is known of the cluster before, and the node's clock stands at `now` when it begins. */
export async function play(scene: Scene, centre: Centre): Promise<Verdict> {
	const cluster = await startUnknownCluster(scene, centre);
	const restoreClock = setClock();
	try {
		const before = expected(truthBefore(cluster, scene), scene);
		const run = await read(cluster, scene);
		cluster.assertNoViolations();
		const after = isMoved(scene) ? expected(truthOf(cluster, scene), scene) : before;
		return { ...verdictOf(run, { before, after, others: outsiders(scene, centre, before) }), ...costOf(cluster, scene, centre) };
	} finally {
		restoreClock();
		await cluster.close();
	}
}

const usedPorts = new Set<number>();

/** The node remembers for an hour what it learnt of a cluster by its address: so each cluster has a port that none had before. */
async function startUnknownCluster({ plays, report }: Scene, centre: Centre): Promise<Simulator> {
	const timezone = zonesOf(plays).cluster;
	for (;;) {
		const cluster = await startSimulator({ seed: 21, agents: 5, teams: 3, timezone, truth: neededOf(centre, report), switches: { timezone, ...switchesOf(plays, report) } });
		if (usedPorts.has(cluster.port)) {
			await cluster.close();
			continue;
		}
		usedPorts.add(cluster.port);
		for (const fault of faultsOf(plays)) cluster.faults.add({ ...fault, report });
		return cluster;
	}
}

/** The records that a report is made of. */
function neededOf({ calls, sessions, csat }: Centre, report: ReportName): Partial<Centre> {
	if (report === 'productivity') return { calls, sessions };
	return { calls: { calls }, sessions: { sessions }, csat: { csat } }[report];
}

/** From here on the time passes as ever, but from `now`. */
function setClock(): () => void {
	const realNow = Date.now;
	const aheadMs = nowMs - realNow();
	const spy = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + aheadMs);
	return () => spy.mockRestore();
}

async function read(cluster: Simulator, scene: Scene): Promise<NodeRun> {
	const { plays, report, ask: name, concurrency } = scene;
	const options: IDataObject = { pageSize, concurrency, ...Object.assign({}, ...plays.map((each) => each.options)) };
	return await ask(cluster, report, ranges[name], {
		credential: credentialFor(cluster, { timezone: zonesOf(plays).credential }),
		parameters: { options, ...(name === 'now' ? { filters: filters[report].form } : {}) },
		// A node that never ends would take all other tests along.
		onStart: (stop) => cluster.hooks.add({ moment: 'before', nth: mostRequests, run: stop }),
	});
}

/** So many requests for a thousand rows are never right. */
const mostRequests = 2000;

/** The switches of a report where all plays hold. A reason that one of them withholds is withheld. */
export function switchesOf(plays: readonly Play[], report: ReportName): Partial<Switches> {
	const each = plays.map(({ switches = {} }) => (typeof switches === 'function' ? switches(report) : switches));
	const statuses = each.flatMap(({ refusalStatus }) => (refusalStatus === undefined ? [] : [refusalStatus as object]));
	const withheld = each.some(({ refusalNamesField }) => refusalNamesField === false);
	return {
		...(Object.assign({}, ...each) as Partial<Switches>),
		refusalStatus: Object.assign({}, ...statuses) as Switches['refusalStatus'],
		refusalNamesField: !withheld,
	};
}

function faultsOf(plays: readonly Play[]): Fault[] {
	return plays.flatMap(({ faults = [] }) => [...faults]);
}

function zonesOf(plays: readonly Play[]): { cluster: string; credential: string } {
	const { cluster = 'UTC', credential } = Object.assign({}, ...plays.map(({ zones }) => zones)) as NonNullable<Play['zones']>;
	// Where one play sets both zones right and another the credential's wrong, it stays wrong.
	return { cluster, credential: credential ?? cluster };
}

const truths = new Map<string, Row[]>();

function truthOf(cluster: Simulator, { report, ask: name }: Scene): Row[] {
	return cluster.truth[report](truthQuery(report, name)) as Row[];
}

/** Before anything moves the truth of a report and a range is always the same, whatever the switches. */
function truthBefore(cluster: Simulator, scene: Scene): Row[] {
	const key = `${scene.report} ${scene.ask}`;
	const known = truths.get(key);
	if (known) return known;
	const found = truthOf(cluster, scene);
	truths.set(key, found);
	return found;
}

function isMoved({ plays, report }: Scene): boolean {
	return Boolean(switchesOf(plays, report).arrivals) || faultsOf(plays).some(({ kind }) => movingFaults.has(kind));
}

/** Each record that has to come: its id, and its start where it has one. */
function expected(rows: readonly Row[], scene: Scene): Set<string> {
	return new Set(rows.filter((row) => scene.report === 'productivity' || isListed(row as CallRecord, scene)).map(nameOf));
}

function nameOf({ _id, start_time }: Row): string {
	return start_time === undefined ? String(_id) : `${String(_id)} ${new Date(String(start_time)).toISOString()}`;
}

/** Whether a cluster ever lists a record, whatever it is asked: one under U9 or U20 does not while the record is under way. */
function isListed(record: CallRecord | SessionRecord | CsatRecord, scene: Scene): boolean {
	const { visibility = false, wholeRecordsOnly, openLogins = false } = switchesOf(scene.plays, scene.report);
	const lagMs = typeof visibility === 'object' ? visibility.lagSeconds * 1000 : 0;
	const answers = 'csat' in record ? record.csat.map(({ timestamp }) => Date.parse(timestamp)) : [];
	const endMs = Math.max(record.end_time === null ? Infinity : Date.parse(record.end_time), ...answers);
	if (scene.report !== 'sessions') return visibility === false || endMs + lagMs <= nowMs;
	const hasNoEnd = openLogins === false && (record.end_time === null || (visibility !== false && endMs > nowMs));
	// What is asked without times is not held against them.
	return !hasNoEnd || wholeRecordsOnly !== true || !honoursTimes(scene);
}

/** The records from the beginning that do not belong to a scene. Rows that come and go while it is read are no strangers. */
function outsiders({ report }: Scene, { calls, sessions, csat }: Centre, before: ReadonlySet<string>): Set<string> {
	const agents = [...calls, ...sessions].map((row) => ({ _id: row.user_system_id }));
	const rows: Row[] = { calls, sessions, csat, productivity: agents }[report];
	return new Set(rows.map(nameOf).filter((name) => !before.has(name)));
}

/** What was there all the time has to be there once, what came or went meanwhile may be. */
function verdictOf({ json, error }: NodeRun, rows: { [which in 'before' | 'after' | 'others']: Set<string> }): Pick<Verdict, 'error' | 'missing' | 'twice' | 'strangers'> {
	const came = json.map(nameOf);
	if (error) return { error: `${error.message}. ${error.description ?? ''}`, missing: [], twice: [], strangers: came };
	const once = new Set(came);
	return {
		error: '',
		missing: [...rows.before].filter((name) => rows.after.has(name) && !once.has(name)),
		twice: came.filter((name, at) => came.indexOf(name) !== at),
		strangers: [...once].filter((name) => rows.others.has(name)),
	};
}

function costOf(cluster: Simulator, scene: Scene, centre: Centre): Pick<Verdict, 'requests' | 'rows' | 'pages'> {
	const rows = rowsAsked(scene, centre);
	return { requests: cluster.log.length, rows, pages: Math.ceil(rows / Math.min(rowsAPage(scene), 1e9)) };
}

/** Rows that the cluster has for the range, whatever the filters; all there are where it ignores times. */
function rowsAsked(scene: Scene, centre: Centre): number {
	const { report, ask: name } = scene;
	if (report === 'productivity') return 10;
	const { start, end } = ranges[name];
	const rows: Array<{ start_time: string }> = centre[report];
	return honoursTimes(scene) ? rows.filter(({ start_time }) => start_time >= start && start_time <= end).length : rows.length;
}

function refused({ plays, report }: Scene, field: 'limit' | 'skip' | 'times'): boolean {
	const { refuses = {} } = switchesOf(plays, report);
	if (refuses === 'undocumented') return field === 'times' ? report === 'sessions' : report !== 'calls';
	return refuses[report]?.includes(field) ?? false;
}

function honoursTimes(scene: Scene): boolean {
	return switchesOf(scene.plays, scene.report).timeFilterIgnored !== true && !refused(scene, 'times');
}

/** The most rows that one answer can have. */
function rowsAPage(scene: Scene): number {
	const { envelope, limitIgnored, maxLimit, refusedLimit, resultWindow } = switchesOf(scene.plays, scene.report);
	if (envelope === 'oneObject') return 1;
	if (limitIgnored === true) return resultWindow ?? Infinity;
	if (refused(scene, 'limit')) return Math.min(maxLimit ?? Infinity, resultWindow ?? Infinity);
	return Math.min(pageSize, maxLimit ?? Infinity, refusedLimit ?? Infinity, resultWindow ?? Infinity);
}

/** Whether no client can get all rows: those that one question can reach are fewer than the smallest stretch of time holds. */
export function isOutOfReach(scene: Scene, centre: Centre): boolean {
	const { skipIgnored, resultWindow, wholeRecordsOnly, comparedIn } = switchesOf(scene.plays, scene.report);
	if (scene.report === 'productivity') return false;
	const pages = skipIgnored === true || refused(scene, 'skip') ? rowsAPage(scene) : (resultWindow ?? Infinity);
	const stretchMs = wholeRecordsOnly === true ? wholeRecordsMs : comparedIn === 'minute' ? 4 * minuteMs : 2 * minuteMs;
	return pages < (honoursTimes(scene) ? densest(centre[scene.report], stretchMs) : centre[scene.report].length);
}

function densest(rows: ReadonlyArray<{ start_time: string }>, stretchMs: number): number {
	const starts = rows.map(({ start_time }) => Date.parse(start_time)).sort((a, b) => a - b);
	let from = 0;
	return starts.reduce((most, at, to) => {
		while (starts[from] < at - stretchMs) from += 1;
		return Math.max(most, to - from + 1);
	}, 0);
}

/** Whether a cluster says nothing by which a page that is not whole could be known. */
function saysNothing({ envelope, totalError = null }: Partial<Switches>): boolean {
	return (envelope !== undefined && envelope !== 'totalAndData') || totalError !== null;
}

/** The errors that are as good as the truth in a scene. */
export function allowedIn(scene: Scene, centre: Centre): ErrorName[] {
	const { plays, report } = scene;
	const switches = switchesOf(plays, report);
	const own = plays.flatMap(({ may = [], mayInPairs = [] }) => [...may, ...(plays.length > 1 ? mayInPairs : [])]);
	const guesses = saysNothing(switches) && (switches.order === 'unstableBetweenRequests' || switches.skipIgnored === true);
	// All of it has to be read again with each row that comes.
	const isChased = Boolean(switches.arrivals) && !honoursTimes(scene);
	return [...new Set([...own, ...(isOutOfReach(scene, centre) ? (['notComplete', 'refused'] as const) : []), ...(guesses || isChased ? (['notComplete'] as const) : [])])];
}

/** The allowed error that a verdict's error is, or the error itself; '' without one. */
export function errorIn({ error }: Verdict, allowed: readonly ErrorName[]): string {
	return allowed.find((name) => allowedErrors[name].test(error)) ?? error;
}

/** More requests than this are an explosion, whatever the node had to learn or read again. */
export function boundOf(scene: Scene, { pages }: Verdict): number {
	const { plays, report, ask: name } = scene;
	const switches = switchesOf(plays, report);
	const { totalError = null } = switches;
	const isHopeless = switches.order === 'unstableBetweenRequests' || totalError === 'drift' || totalError === 'unfiltered' || totalError === 'tooHigh' || totalError === 'tooLow';
	const isHard = totalError !== null || switches.skipIgnored === true || switches.refuses !== undefined || isMoved(scene);
	const days = (Date.parse(ranges[name].end) - Date.parse(ranges[name].start)) / dayMs;
	return Math.ceil((isHopeless ? 120 : 60) + days / 5 + pages * (isHopeless ? 20 : isHard ? 6 : 3));
}
