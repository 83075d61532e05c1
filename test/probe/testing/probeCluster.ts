import type { Simulator } from '../../simulator/index.ts';
import type { Probe } from '../finding.ts';
import { probes } from '../probes/index.ts';
import type { ReportName } from '../reports.ts';
import { runProbes } from '../runProbes.ts';
import { gentle } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { markdownTable, summaryOf } from '../table.ts';
import { Client } from '../wire/client.ts';

/** What a run against a cluster of the tests found. `does`: by unknown and report. */
export type Outcome = { does: (unknown: string, report: ReportName) => string; text: string; sent: number };

/** Settings that lose no time. */
export function hurried(baseUrl: string, apiKey: string, changes: Partial<Settings> = {}): Settings {
	return { ...gentle, baseUrl, apiKey, timezone: 'UTC', pauseMs: 0, betweenLooksMs: 0, ...changes };
}

/** Runs the probes against a simulated cluster, all of them unless some are given. */
export async function probeCluster(
	simulator: Simulator,
	changes: Partial<Settings> = {},
	wanted: readonly Probe[] = probes,
): Promise<Outcome> {
	const settings = hurried(simulator.url, simulator.apiKey, { now: () => simulator.now().getTime(), ...changes });
	const client = new Client(settings);
	const outcome = await runProbes(client, settings, wanted);
	if ('problem' in outcome) throw new Error(outcome.problem);
	const { rows } = outcome;
	return {
		does: (unknown, report) => rows.find((row) => row.report === report && row.unknowns.split(', ').includes(unknown))?.does ?? 'no row',
		text: `${markdownTable(rows)}\n${summaryOf(rows, client.sent)}`,
		sent: client.sent,
	};
}
