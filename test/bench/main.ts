/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command: arguments, files, terminal */

// node test/bench/main.ts [--full] [--rounds 7] [--case text [--largest 100000]] [--package folder]: see docs/benchmark.md, which it
// writes.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { allCases, countCases, usualCases, type Case } from './cases.ts';
import { startClientProcess, type ClientProcess } from './clientProcess.ts';
import { Clusters } from './clusters.ts';
import { clusterFor, measureCounts, type Counted } from './counts.ts';
import { busyCores, documentOf, idleCores, type Findings } from './document.ts';
import type { Measured } from './goals.ts';
import { measureCase } from './measure.ts';
import { flatCase, measureFlat, measureMemory, memoryCase, type MemoryUse } from './memory.ts';
import { prepare, type Prepared } from './prepare.ts';

const leastRounds = 5;
const flags = {
	full: { type: 'boolean', default: false },
	/** At least 5, or 1 with `case`. */
	rounds: { type: 'string', default: String(leastRounds) },
	/** Only cases whose title holds this; printed, not written. */
	case: { type: 'string' },
	/** With `case`: no report of more records than this. */
	largest: { type: 'string' },
	/** A compiled package instead of the packed one, to compare a change; printed, not written. */
	package: { type: 'string' },
} as const;

const { values } = parseArgs({ options: flags, strict: true });
const say = (text: string): void => console.error(text);

async function run({ packageFolder, tls }: Prepared, clusters: Clusters): Promise<Findings> {
	const busy = await busyCores();
	if (busy > idleCores) say(`The machine has other work to do (${busy.toFixed(1)} cores are busy): figures will be poor.`);
	const rounds = Math.max(values.case === undefined ? leastRounds : 1, Number(values.rounds));
	const isWanted = ({ title }: { title: string }): boolean => title.includes(values.case ?? '');
	const freshClient = (): ClientProcess => startClientProcess(packageFolder, tls.certFile);
	const measured: Measured[] = [];
	const client = freshClient();
	for (const wanted of (values.full ? allCases : usualCases).filter(isWanted)) {
		say(wanted.title);
		const sized = upToLargest(wanted);
		const clusterOf = await clusters.prepare(sized);
		measured.push({ of: wanted, series: await measureCase(sized, { rounds, client, clusterOf, say }) });
	}
	const counted: Counted[] = [];
	for (const wanted of countCases.filter(isWanted)) {
		say(wanted.title);
		const clusterOf = await clusters.prepare(clusterFor(wanted));
		counted.push(await measureCounts(wanted, { client, cluster: clusterOf(wanted.records) }));
	}
	await client.stop();
	const memoryOf = async (wanted: Case, measure: typeof measureFlat): Promise<MemoryUse[]> => {
		if (!isWanted(wanted)) return [];
		say(wanted.title);
		return await measure({ freshClient, clusterOf: await clusters.prepare(wanted), say });
	};
	return {
		command: `npm run bench${values.full ? ' -- --full' : ''}`,
		rounds,
		busyCores: busy,
		measured,
		counted,
		memory: await memoryOf(memoryCase, measureMemory),
		flat: await memoryOf(flatCase, measureFlat),
	};
}

function upToLargest(wanted: Case): Case {
	const largest = values.case === undefined ? Infinity : Number(values.largest ?? Infinity);
	return { ...wanted, records: wanted.records.filter((records) => records <= largest) };
}

async function main(): Promise<void> {
	const prepared = await prepare(values.package);
	const clusters = new Clusters(prepared.tls);
	try {
		const text = documentOf(await run(prepared, clusters));
		console.log(text);
		if (values.case === undefined && values.package === undefined) writeFileSync('docs/benchmark.md', text);
	} finally {
		await clusters.stop();
		await prepared.remove();
	}
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		say(error instanceof Error ? (error.stack ?? error.message) : String(error));
		process.exit(1);
	},
);
