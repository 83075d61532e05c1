// npm test: sets up what a fresh clone lacks, runs every check there is, and ends with 'N passed, N failed'.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askedToEnd, runLeashed } from '../playground/leashed.mjs';
import { root, setUp, work } from '../playground/setup.mjs';

const results = join(work, 'results');
const SUITES = [
	{ name: 'lint', script: 'lint', counts: 'itself' },
	{ name: 'unit', script: 'test:unit', counts: 'tests' },
	{ name: 'seeds', script: 'test:seeds', counts: 'tests' },
	{ name: 'simulator', script: 'test:simulator', counts: 'tests' },
	{ name: 'node', script: 'test:node', counts: 'tests' },
	{ name: 'e2e', script: 'test:e2e', counts: 'tests' },
];

async function runSuite({ name, script, counts }) {
	const file = join(results, `${name}.json`);
	rmSync(file, { force: true });
	const report = counts === 'tests' ? ['--', '--json', `--outputFile=${file}`] : [];
	const exitCode = await runLeashed('npm', ['run', script, ...report], { cwd: root });
	return counts === 'tests' ? countTests(file, exitCode) : outcome(exitCode === 0 ? 1 : 0, exitCode);
}

// A test file that could not even be loaded has no tests that failed, and still is a failure.
function countTests(file, exitCode) {
	try {
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
		return outcome(numPassedTests, exitCode, numFailedTests + numRuntimeErrorTestSuites);
	} catch {
		return outcome(0, exitCode || 1);
	}
}

// Whatever the counts say: an exit code other than 0 is at least one failure.
function outcome(passed, exitCode, failed = 0) {
	return { passed, failed: Math.max(failed, exitCode === 0 ? 0 : 1) };
}

async function prepare() {
	try {
		await setUp({ playground: true });
		return { passed: 0, failed: 0 };
	} catch (error) {
		console.error(error.message);
		return { passed: 0, failed: 1 };
	}
}

async function measured(name, run) {
	console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}\n`);
	const started = Date.now();
	const { passed, failed } = await run();
	return { name, passed, failed, seconds: Math.round((Date.now() - started) / 1000) };
}

mkdirSync(results, { recursive: true });
const rows = [await measured('set-up', prepare)];
for (const suite of SUITES) {
	if (askedToEnd) break;
	rows.push(await measured(suite.name, () => runSuite(suite)));
}

console.log();
for (const { name, passed, failed, seconds } of rows) {
	console.log(`${name.padEnd(12)}${`${passed} passed`.padStart(14)}${`${failed} failed`.padStart(12)}${`${seconds} s`.padStart(10)}`);
}
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
process.exitCode = askedToEnd ? 130 : sum('failed') > 0 ? 1 : 0;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
