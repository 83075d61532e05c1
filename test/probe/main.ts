/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command: environment, clock, terminal */

// npm run probe: which way each unknown of the Samespace API turns out on a real cluster, as a Markdown table.
import { runProbes } from './runProbes.ts';
import { readSettings } from './settings.ts';
import { markdownTable, summaryOf } from './table.ts';
import { Client } from './wire/client.ts';

async function main(): Promise<number> {
	const settings = readSettings(process.env);
	if ('problem' in settings) {
		console.error(settings.problem);
		return 1;
	}
	const client = new Client(settings);
	console.error('Asking the cluster, one request after another: about a minute …');
	const outcome = await runProbes(client, settings);
	if ('problem' in outcome) {
		console.error(outcome.problem);
		return 1;
	}
	console.log(`${markdownTable(outcome.rows)}\n\n${summaryOf(outcome.rows, client.sent)}`);
	return 0;
}

main().then(
	(code) => (process.exitCode = code),
	// Not the error itself: its message may hold a piece of an answer, or of the key.
	(error: unknown) => {
		console.error(`The probe failed: ${error instanceof Error ? error.name : 'unknown error'}`);
		process.exitCode = 1;
	},
);
