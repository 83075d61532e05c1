/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a terminal program */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFree } from './child.ts';
import { openCluster } from './cluster.ts';
import { formatTable, parseCsv } from './csv.ts';
import { execute } from './execution.ts';
import { prepareInstance, type Instance } from './instance.ts';
import { owner, setUpOwner } from './owner.ts';
import { work } from './places.ts';
import { importAll, readExamples } from './workflows.ts';

const ROWS_SHOWN = 8;
const EDITOR_PORT = 5678;

const once = process.argv.includes('--once');
const folder = join(work, 'playground');
const stops: Array<() => Promise<void>> = [];
const began = Date.now();
let open = false;
let asked = false;

/** The playground from a set-up clone to an open editor; the exit code. */
async function play(): Promise<number> {
	const port = Number(process.env.N8N_PORT ?? EDITOR_PORT);
	if (!once && !(await isFree(port))) {
		complain(`Port ${port} is already in use. Choose another port for the editor: N8N_PORT=${port + 1} npm start`);
		return 1;
	}
	mkdirSync(folder, { recursive: true });
	const { cluster, title, simulator } = await openCluster(folder);
	if (simulator) stops.push(simulator.stop);
	say(`Samespace: ${title}`);
	const instance = await prepareInstance({ folder, port });
	stops.push(instance.stop);
	const examples = readExamples();
	await importAll(instance, cluster, examples, (what) => say(`n8n: importing the ${what} …`));
	const failed = await showFirst(instance, examples[0]);
	if (once) return failed ? 1 : 0;
	return await openEditor(instance, examples.length);
}

async function showFirst(instance: Instance, { id, name }: { id: string; name: string }): Promise<boolean> {
	say(`n8n: running '${name}' without the editor …`);
	const run = await execute(instance, id);
	if (run.failure !== undefined) {
		complain(`\nThe workflow failed.\n${run.failure}\n`);
		return true;
	}
	const written = run.records('Save the File')[0]?.fileName;
	if (typeof written !== 'string') {
		say('n8n: no file was written, because there were no calls yesterday.');
		return false;
	}
	const file = join(instance.folder, written);
	const rows = parseCsv(readFileSync(file, 'utf8'));
	console.log(`\n${formatTable(rows.slice(0, ROWS_SHOWN + 1), process.stdout.columns || 120)}`);
	console.log(`\n${(rows.length - 1).toLocaleString('en')} rows in ${file}\n`);
	return false;
}

async function openEditor(instance: Instance, examples: number): Promise<number> {
	say('n8n: starting the editor …');
	const editor = await instance.start();
	await setUpOwner(instance.url);
	say(`Ready, with ${examples} workflows to try:

    ${instance.url}
    email     ${owner.email}
    password  ${owner.password}

Press Ctrl+C to stop.`);
	open = true;
	await editor.ended;
	complain(`n8n stopped unexpectedly. See its logs in ${join(instance.folder, 'logs')}`);
	return 1;
}

function say(text: string): void {
	if (!asked) console.log(`[${Math.round((Date.now() - began) / 1000)} s] ${text}`);
}

// What breaks because we end it is no news.
function complain(text: string): void {
	if (!asked) console.error(text);
}

async function askedToEnd(): Promise<number> {
	return await new Promise((resolve) => {
		const end = (): void => {
			asked = true;
			resolve(open ? 0 : 130);
		};
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
	});
}

function report(error: unknown): number {
	complain(error instanceof Error ? error.message : String(error));
	return 1;
}

const exitCode = await Promise.race([play().catch(report), askedToEnd()]);
await Promise.all(stops.map(async (stop) => await stop()));
process.exit(exitCode);
