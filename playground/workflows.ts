/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the examples, hands files to n8n's import */
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';
import type { Cluster } from './cluster.ts';
import type { Instance } from './instance.ts';
import { examplesFolder } from './places.ts';

/** A workflow as n8n exports and imports it. */
export interface WorkflowFile {
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: { [name: string]: unknown };
	/** Without any, n8n can't run a single step that has others before it. */
	pinData?: { [name: string]: never };
}

/** The credential that every example names. */
export const credentialReference = { samespaceApi: { id: 'samespaceAccount', name: 'Samespace account' } };

/** A credential, with what a person fills in. */
export interface CredentialFile {
	name: string;
	type: string;
	data: object;
}

/** The ready workflows in examples/, in the order of their file names. */
export function readExamples(): WorkflowFile[] {
	const files = readdirSync(examplesFolder).filter((name) => name.endsWith('.json'));
	return files.sort().map((name) => JSON.parse(readFileSync(join(examplesFolder, name), 'utf8')) as WorkflowFile);
}

/** Gives an instance the examples' credential and these workflows; what it already has so is not imported again. */
export async function importAll(
	instance: Instance,
	cluster: Cluster,
	workflows: WorkflowFile[],
	announce: (what: string) => void = () => undefined,
): Promise<void> {
	const { id, name } = credentialReference.samespaceApi;
	const inactive = workflows.map((workflow) => ({ ...workflow, active: false }));
	const imports = [
		{ kind: 'credentials', what: 'credential', content: [{ id, name, type: 'samespaceApi', data: cluster }] },
		{ kind: 'workflow', what: 'workflows', content: inactive },
	];
	for (const { kind, what, content } of imports) {
		const json = JSON.stringify(content);
		await instance.once(kind, json, async () => {
			announce(what);
			await importFile(instance, kind, json);
		});
	}
}

async function importFile(instance: Instance, kind: string, json: string): Promise<void> {
	// The key is in here: nobody else may read it, and it is gone after the import, whatever comes of that.
	const folder = await mkdtemp(join(instance.folder, 'import-'));
	try {
		const file = join(folder, `${kind}.json`);
		await writeFile(file, json, { mode: 0o600 });
		const { exitCode, lastWords } = await instance.command([`import:${kind}`, `--input=${file}`]);
		if (exitCode !== 0) throw new Error(`n8n couldn't import the ${kind}:\n${lastWords}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
