/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test runs in Node, not in n8n, and leaves a summary */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { busyCentre, type AskName, type Centre } from '../support/busyCentre.ts';
import { allowedIn, boundOf, errorIn, play, switchesOf, type Scene, type Verdict } from '../support/playing.ts';
import { plays, unknownNames, type Play } from '../support/unknowns.ts';

/** Waits last a fiftieth of what the node asked for: what is waited out here is all known beforehand. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 50) };
});

/** SAMESPACE_PAIRS=all plays every pair; a number is the seed of another sample. */
const asked = process.env.SAMESPACE_PAIRS ?? '1';
const seed = Number(asked) || 0;
const recordReports = ['calls', 'sessions', 'csat'] as const;

let centre: Centre;
beforeAll(async () => {
	centre = await busyCentre();
});

/** What the scenes came to, for reading. */
const summary: Array<{ scene: string; outcome: string; bound: number } & Pick<Verdict, 'requests' | 'rows' | 'pages'>> = [];

afterAll(() => {
	const folder = join(process.cwd(), '.work');
	mkdirSync(folder, { recursive: true });
	const worst = [...summary].sort((a, b) => b.requests / (b.pages + 60) - a.requests / (a.pages + 60));
	const outcomes: { [outcome: string]: number } = {};
	for (const { outcome } of summary) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	writeFileSync(join(folder, 'pairs.json'), JSON.stringify({ seed: asked, outcomes, worst: worst.slice(0, 100), errors: summary.filter(({ outcome }) => outcome !== 'exact') }, null, '\t'));
});

/** Plays a scene; it gives the truth, or one of the errors that the contract allows, in no more requests than are sane. */
async function expectTruth(scene: Scene): Promise<void> {
	const verdict = await play(scene, centre);
	const allowed = allowedIn(scene, centre);
	const error = errorIn(verdict, allowed);
	const { missing, twice, strangers, requests, rows, pages } = verdict;
	const bound = boundOf(scene, verdict);
	const isExact = missing.length + twice.length + strangers.length === 0;
	summary.push({ scene: nameOf(scene), outcome: error || (isExact ? 'exact' : 'WRONG'), requests, rows, pages, bound });
	const known = allowed.some((name) => name === error);
	expect({ error: known ? '' : error, ...counted({ missing, twice, strangers }) }).toEqual({ error: '', ...counted({ missing: [], twice: [], strangers: [] }) });
	expect(requests).toBeLessThanOrEqual(bound);
}

/** How many, and the first few of them. */
function counted(lists: { [what: string]: string[] }): object {
	return Object.fromEntries(Object.entries(lists).map(([what, list]) => [what, { count: list.length, first: list.slice(0, 3) }]));
}

function nameOf({ plays: played, report, ask, concurrency }: Scene): string {
	return `${played.map(({ unknown, name }) => `${unknown} ${name}`).join(' × ')} (${report}, ${ask}, ${concurrency} at a time)`;
}

const alone = plays.flatMap((each) =>
	each.touches.flatMap((report) => (each.asks ?? (['past', 'now'] as const)).map((ask, n): [string, Scene] => titled({ plays: [each], report, ask, concurrency: n === 0 ? 4 : 1 }))),
);

function titled(scene: Scene): [string, Scene] {
	return [nameOf(scene), scene];
}

describe('a cluster that is unusual in one way', () => {
	it.each(alone)('%s', async (_, scene) => {
		await expectTruth(scene);
	});
});

/** Two plays that can hold at once: they do not set one switch to two values. */
function agree(one: Play, other: Play): boolean {
	if (one.notWith?.includes(other.unknown) || other.notWith?.includes(one.unknown)) return false;
	const [a, b] = [one, other].map((each) => switchesOf([each], 'calls') as { [name: string]: unknown });
	const merged = ['refusalStatus', 'refusalNamesField'];
	return Object.keys(a).every((name) => merged.includes(name) || !(name in b) || JSON.stringify(a[name]) === JSON.stringify(b[name]));
}

/** A whole number that looks like chance and is the same for the same numbers. */
function draw(...numbers: number[]): number {
	return numbers.reduce((hash, number) => Math.imul(hash ^ number, 0x9e3779b1) ^ (hash >>> 15), 0x811c9dc5 ^ seed) >>> 0;
}

/** The range in which both make a difference, as far as there is one. */
function askFor(pair: readonly Play[], turn: number): AskName {
	const [first, second] = pair.map(({ asks }) => asks);
	const both = first && second ? first.filter((ask) => second.includes(ask)) : [];
	const choice = both.length > 0 ? both : (second ?? first ?? (['past', 'now'] as const));
	return choice[turn % choice.length];
}

type PairOfPlays = readonly [Play, Play];

/** Every two plays of different unknowns that stand for theirs, agree, and meet on a report with records. */
function pairsOf(): PairOfPlays[][] {
	const representing = plays.filter(({ inPairs }) => inPairs);
	return unknownNames.flatMap((one, at) =>
		unknownNames.slice(at + 1).map((other) =>
			representing
				.filter(({ unknown }) => unknown === one)
				.flatMap((a) => representing.filter(({ unknown }) => unknown === other).map((b): PairOfPlays => [a, b]))
				.filter(([a, b]) => agree(a, b) && meetings(a, b).length > 0),
		),
	);
}

function meetings(a: Play, b: Play): Array<(typeof recordReports)[number]> {
	return recordReports.filter((report) => a.touches.includes(report) && b.touches.includes(report));
}

/** The pairs of plays, each with a report: of those where they meet, the one that had its turn least often. */
function scenesOf(pairs: readonly PairOfPlays[]): Array<[string, Scene]> {
	const turns = { calls: 0, sessions: 0, csat: 0 };
	return pairs.map(([a, b], n) => {
		const [report] = meetings(a, b).sort((one, other) => turns[one] - turns[other]);
		turns[report] += 1;
		return titled({ plays: [a, b], report, ask: askFor([a, b], n), concurrency: n % 3 === 0 ? 1 : 4 });
	});
}

/** Two pairs of plays for each pair of unknowns, or all. */
function chosen(): PairOfPlays[] {
	return pairsOf().flatMap((pairs, n) => {
		if (asked === 'all' || pairs.length <= perPair) return pairs;
		const from = draw(n) % pairs.length;
		const step = 1 + (draw(n, 1) % (pairs.length - 1));
		return Array.from({ length: perPair }, (_, k) => pairs[(from + k * step) % pairs.length]);
	});
}

const perPair = 2;

describe(`a cluster that is unusual in two ways (SAMESPACE_PAIRS=${asked})`, () => {
	it.each(scenesOf(chosen()))('%s', async (_, scene) => {
		await expectTruth(scene);
	});
});
