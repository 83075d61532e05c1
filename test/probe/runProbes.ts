import { notSeen } from './finding.ts';
import type { Finding, Probe } from './finding.ts';
import { probes } from './probes/index.ts';
import { ReportNotes } from './reportNotes.ts';
import { reportNames, reports } from './reports.ts';
import type { ReportName } from './reports.ts';
import type { Settings } from './settings.ts';
import type { Client } from './wire/client.ts';

/** What was found out about one unknown, for one report. */
export type FoundRow = Finding & { unknowns: string; title: string; report: ReportName };

/** Looks at each unknown on each report, or says why the cluster can't be asked at all. */
export async function runProbes(
	client: Client,
	settings: Settings,
	wanted: readonly Probe[] = probes,
): Promise<{ rows: FoundRow[] } | { problem: string }> {
	const all = {} as Record<ReportName, ReportNotes>;
	for (const name of reportNames) all[name] = new ReportNotes(reports[name], settings, client, (other) => all[other]);
	const obstacles = new Map<ReportName, string | undefined>();
	for (const name of reportNames) obstacles.set(name, await all[name].obstacle());
	if ([...obstacles.values()].every((obstacle) => obstacle !== undefined)) {
		const reasons = [...new Set(obstacles.values())].join('; ');
		return { problem: `No report could be read: ${reasons}. Check the cluster, the key (type 'Voice') and the network.` };
	}
	const tasks = wanted.flatMap((probe) => probe.reports.map((name) => ({ probe, notes: all[name] })));
	for (const { probe, notes } of tasks) {
		if (probe.early && obstacles.get(notes.report.name) === undefined) await safely(async () => await probe.early?.(notes));
	}
	const rows: FoundRow[] = [];
	for (const { probe, notes } of tasks) {
		const { name } = notes.report;
		const { unknowns, title } = probe;
		rows.push({ unknowns, title, report: name, ...(await found(probe, notes, obstacles.get(name))) });
	}
	return { rows };
}

async function found(probe: Probe, notes: ReportNotes, obstacle: string | undefined): Promise<Finding> {
	if (obstacle !== undefined) return notSeen(obstacle);
	return (await safely(async () => await probe.look(notes))) ?? notSeen('the answers could not be read');
}

/** What an answer is like is anybody's guess: a probe that fails must not take the others along. */
async function safely<T>(look: () => Promise<T>): Promise<T | undefined> {
	try {
		return await look();
	} catch {
		return undefined;
	}
}
