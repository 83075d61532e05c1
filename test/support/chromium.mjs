// node test/support/chromium.mjs <folder>
// Prints the path of the Chromium inside @sparticuz/chromium, unpacked below the folder at the first time. A program
// of its own because that package is an ES module, which Jest does not load.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8'));
const folder = join(process.argv[2], `chromium-${version}`);
const executable = join(folder, 'chromium');

if (!existsSync(executable)) {
	// It unpacks into the temporary folder and takes what lies there for whole: so not into a shared one, and
	// under the final name only when done.
	const unfinished = `${folder}.${process.pid}`;
	mkdirSync(unfinished, { recursive: true });
	process.env.TMPDIR = unfinished;
	const { default: chromium } = await import('@sparticuz/chromium');
	await chromium.executablePath();
	try {
		renameSync(unfinished, folder);
	} catch (error) {
		// Somebody else was there first: theirs may be running already.
		if (!existsSync(executable)) throw error;
		rmSync(unfinished, { recursive: true, force: true });
	}
}
console.log(executable);
