/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- where the clone's own files are */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The clone's root. Every command of this project runs there. */
export const root = process.cwd();

if (!existsSync(join(root, 'playground', 'setup.mjs'))) {
	throw new Error(`Run this from the repository's root folder, not from ${root}`);
}

/** Everything generated; not under version control. */
export const work = join(root, '.work');

/** The packed package, made by setup.mjs. */
export const packageFile = join(work, 'package', 'n8n-nodes-samespace.tgz');

export const examplesFolder = join(root, 'examples');

export const leash = join(root, 'playground', 'leash.mjs');

/** An n8n as npm has installed it, with the Node that it runs on. */
export interface Release {
	/** n8n and all that it brings along. */
	packages: string;
	/** n8n 2 needs Node 24 and n8n 1.85 knows nothing after Node 22, whatever Node the machine has. */
	node: string;
	/** n8n's command line. */
	command: string;
}

/** What is installed in a folder that depends on n8n and on a Node. */
export function releaseIn(folder: string): Release {
	const packages = join(folder, 'node_modules');
	return { packages, node: join(packages, 'node', 'bin', 'node'), command: join(packages, 'n8n', 'bin', 'n8n') };
}

/** The n8n that everything is developed with. */
export const newestRelease = releaseIn(join(root, 'playground'));

export const node24 = newestRelease.node;
