/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a terminal program */
// npm run test:queue [-- --long] [executions] [polls]: n8n in queue mode, all of it or some. `--long` adds what takes n8n minutes to notice.
import { spawnSync } from 'node:child_process';

import { findServices, installServices } from '../support/findServices.ts';

/** What a suite ends with that could not be run here. */
const skipped = 77;
const options = process.argv.slice(2);

/** Gives the exit code. */
function run(): number {
	installServices();
	const { missing } = findServices();
	if (missing.length > 0) {
		console.error(`Queue mode was not tested: ${missing.join(' and ')} not found. On Debian: apt-get install redis-server postgresql`);
		// Without them a developer may go on, but CI must fail.
		return process.env.CI ? 1 : skipped;
	}
	const leftOut = options.includes('--long') ? [] : ['--testPathIgnorePatterns', '\\.long\\.'];
	const forJest = options.filter((option) => option.startsWith('-') && option !== '--long');
	const chosen = options.filter((option) => !option.startsWith('-')).map((name) => `test/queue/${name}`);
	const files = chosen.length > 0 ? chosen : ['test/queue'];
	return spawnSync('jest', ['-c', 'test/jest.config.js', '--forceExit', ...files, ...leftOut, ...forJest], { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = run();
