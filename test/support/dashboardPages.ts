/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- drives a browser */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

import { work } from '../../playground/places.ts';
import { startSimulator } from '../simulator/index.ts';
import { credentialFor, operations, reportNames, type ReportName } from './asking.ts';
import { openBinaryStore } from './binaryStore.ts';
import { runNode } from './runNode.ts';

/** The dashboard of each report over two weeks of a simulated contact center, as HTML. */
export async function dashboardPages(): Promise<Map<ReportName, string>> {
	const pages = new Map<ReportName, string>();
	const clearStore = await openBinaryStore();
	const cluster = await startSimulator({ days: 60, callsPerDay: 300, agents: 14, traffic: 'contactCentre', now: '2026-11-20T12:00:00Z' });
	for (const report of reportNames) {
		const parameters = { resource: 'report', operation: operations[report], dateRange: 'custom', startTime: '2026-11-01', endTime: '2026-11-14', output: 'dashboard' };
		const { json } = await runNode({ parameters, credential: credentialFor(cluster), timezone: 'Europe/Berlin' });
		pages.set(report, String(json[0].html));
	}
	await cluster.close();
	await clearStore();
	return pages;
}

/** A Chromium without n8n. */
export async function openChromium(): Promise<Browser> {
	const { stdout } = await promisify(execFile)(process.execPath, ['test/support/chromium.mjs', work]);
	return await chromium.launch({ executablePath: stdout.trim(), args: ['--no-sandbox', '--disable-gpu'] });
}
