/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- leaves its count where the run of all suites adds them up */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.cwd(), '.work', 'hostile');

/** Counts the inputs of a test file, and leaves the sum for `npm test` to print. */
export function tallyOf(what: string): (inputs?: number) => void {
	let count = 0;
	afterAll(() => {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, `${what.replace(/\W+/g, '-')}.json`), JSON.stringify({ what, count }));
	});
	return (inputs = 1) => {
		count += inputs;
	};
}
