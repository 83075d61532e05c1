/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- describes the machine */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../playground/places.ts';
import type { Case } from './cases.ts';
import type { Counted } from './counts.ts';
import { goalsTable, type Measured } from './goals.ts';
import type { MemoryUse } from './memory.ts';
import { comparison, counts, growth, memoryOfAll, memoryOfNothing } from './tables.ts';

/** Everything that a run found out. */
export interface Findings {
	command: string;
	rounds: number;
	/** How many cores other programs kept busy when it began. */
	busyCores: number;
	measured: Measured[];
	counted: Counted[];
	memory: MemoryUse[];
	flat: MemoryUse[];
}

/** How many cores other programs keep busy, on average over a moment: call it before anything is measured. */
export async function busyCores(momentMs = 3000): Promise<number> {
	const before = busyMs();
	await sleep(momentMs);
	return (busyMs() - before) / momentMs;
}

/** A share of one core that any system needs for itself. */
export const idleCores = 0.15;

/** The document that stands in docs/. */
export function documentOf({ measured, counted, memory, flat, ...run }: Findings): string {
	const sections = [
		introduction(run),
		`## What is to be reached\n\n${goalsTable(measured, counted, flat)}`,
		...measured.map(({ of, series }) => [`## ${of.title}`, ...wordsOf(of), of.records.length > 1 ? growth(of, series) : comparison(series)].join('\n\n')),
		...(counted.length > 0 ? [`## Requests\n\n${countWords}\n\n${counts(counted)}`] : []),
		`## Memory\n\n${memoryWords}\n\n100,000 records, 1,000 a page, all held in the end:\n\n${memoryOfAll(memory)}`,
		`A consumer that keeps nothing, with this node's reading, defaults:\n\n${memoryOfNothing(flat)}`,
	];
	return `${sections.join('\n\n')}\n`;
}

function wordsOf({ records, serverMs, skipCostMs, readsAtMost }: Case): string[] {
	return [
		...(records.length > 1 ? [growthWords] : []),
		...(typeof serverMs === 'number' ? [] : [varyingWords]),
		...(skipCostMs === undefined ? [] : [skipWords]),
		...(readsAtMost === undefined ? [] : [computedWords]),
	];
}

const growthWords = `Each collection of garbage goes through all that is kept, and pages leave much garbage: a million items take more than ten
times as long as a hundred thousand, whoever reads them. A reading that keeps nothing, as for a summary or files, does not.`;

const varyingWords = `The nth request of each reading takes the same time for every contender.`;

const skipWords = `A database passes over each row that a page skips. Here that takes the cluster additional time, so pages cost more
the deeper they lie. Rows walked are those that it passed over or sent. The calls have a contact centre's hours: nights are quiet, and
weekends have half the calls.`;

const computedWords = `'Computed' isn't measured: HTTP Request would take up to 42 minutes for each reading. It reads one page after another, so the
time that the cluster lets it wait for 1,000,000 records is known exactly: the server time of each page, and the cost of the rows that all pages
skip. The rest of its time, as measured with 100,000 records, is taken ten times. That favours HTTP Request, because a million items take more
than ten times as long as a hundred thousand.`;

const countWords = `These readings are counted and not timed. The calls have a contact centre's hours. In a busy centre, 20,000 calls a day, calls go on ending
while they are read: one every 4 s. They began in the last 10 minutes of the range. How many end during a reading follows from how long the cluster would take for an
answer, which is in the name of the row, and from the 4 requests under way; they are brought in by the number of requests, so every run is the same.`;

const memoryWords = `Each number is one reading in a process of its own, above that process at rest. The peak is that of V8's heap, garbage
and all: it is read right before each garbage collection. What is alive is read right after collections that are forced,
20 times during a reading.`;

function introduction({ command, rounds, busyCores: busy }: Pick<Findings, 'command' | 'rounds' | 'busyCores'>): string {
	return `# Benchmark

Made by \`${command}\`, which writes this file. Do not edit it.

Machine: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${arch()}, Node ${process.versions.node}, n8n-core ${versionOf('n8n-core')}, n8n-nodes-base ${versionOf('n8n-nodes-base')}.
${loadWords(busy)}

The calls of a simulated cluster (test/simulator) are read, all columns, into an array of items. Unless a case says otherwise, they are
spread evenly over 100 days, which is four windows of a month at most. The cluster is one process, all contenders are in another one. After a
round to warm up come ${rounds} rounds; in each, all contenders read one after another, from a clean heap. Seconds are medians, with
the fastest and the slowest round. The cluster keeps its pages ready and answers after the server time given.

- **A, B**: this node, run by n8n-core. It is told the range, and finds out the rest.
- **C**: n8n's own HTTP Request node with its pagination (\`skip\` from \`$pageCount\`, complete when the pages make up
  \`total\`), then Split Out, run by the same n8n-core; one workflow for each window, one after another. **C′**: one workflow
  with an item for each window; HTTP Request then reads all windows at once, however many they are, each one page
  after another. HTTP Request is also measured with 5,000 rows a page.
- **D**: axios, one page after another; Node keeps the connection open.
- **E**: the floor: axios with so many requests at once, told beforehand which pages there are, without any check, with a fresh connection
  for each request as n8n's HTTP helper makes them. **F**: the same with connections kept alive, which n8n's helper cannot.

'As fast as C' is C's time divided by this one's. 'The floor's time' is this time divided by E's, of the same concurrency
(of 4, where a contender has none). Least requests: the records divided by the page size. 'At once': the most
requests under way at any moment, as the cluster saw them. With TLS, all go through a proxy on
loopback that delays each byte by half a round trip, and new connections by the round trip that a TCP handshake takes; bandwidth
and slow start are not imitated.`;
}

/** Other programs' work makes everybody slower, and whoever computes most loses most. */
function loadWords(busy: number): string {
	if (busy < idleCores) return 'It had nothing else to do.';
	return `**It had other work to do (${busy.toFixed(1)} cores were busy before the run): compare the rows of one table, and no more.**`;
}

function busyMs(): number {
	return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

function versionOf(library: string): string {
	const { version } = JSON.parse(readFileSync(join(root, 'playground', 'node_modules', library, 'package.json'), 'utf8')) as { version: string };
	return version;
}
