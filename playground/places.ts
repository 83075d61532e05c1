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

/** n8n and all that it brings along. */
export const n8nPackages = join(root, 'playground', 'node_modules');

/** n8n 2 needs Node 24, whatever Node the machine has. */
export const node24 = join(n8nPackages, 'node', 'bin', 'node');

export const n8nCommand = join(n8nPackages, 'n8n', 'bin', 'n8n');
