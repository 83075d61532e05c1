// npm test: sets up what a fresh clone lacks, runs every check there is, and ends with 'N passed, N failed'.
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { askedToEnd, runLeashed } from '../playground/leashed.mjs';
import { root, setUp, work } from '../playground/setup.mjs';

const results = join(work, 'results');
/** Where the hostile tests leave how many inputs they tried. */
const hostile = join(work, 'hostile');
const LEAST_INPUTS = 50_000;
/** What a suite ends with that can't be run on this machine, and says why. */
const SKIPPED = 77;
const SUITES = [
	{ name: 'lint', script: 'lint', counts: 'itself' },
	{ name: 'unit', script: 'test:unit', counts: 'tests' },
	{ name: 'seeds', script: 'test:seeds', counts: 'tests' },
	{ name: 'hostile', script: 'test:hostile', counts: 'tests', after: countInputs },
	{ name: 'simulator', script: 'test:simulator', counts: 'tests' },
	{ name: 'probe', script: 'test:probe', counts: 'tests' },
	{ name: 'n8n', run: async () => await installed(n8n) },
	// These wait for n8n's own minute, again and again, and leave the machine to what comes after them.
	{ name: 'polls', script: 'test:polls', counts: 'tests', isBeside: true },
	{ name: 'queue polls', script: 'test:queue', counts: 'tests', options: ['polls'], isBeside: true },
	{ name: 'node', script: 'test:node', counts: 'tests' },
	{ name: 'e2e', script: 'test:e2e', counts: 'tests' },
	// What a cluster refuses depends on when requests arrive: nothing may run beside it.
	{ name: 'load', script: 'test:load', counts: 'tests' },
	{ name: 'queue', script: 'test:queue', counts: 'tests', options: ['executions'] },
];

async function runSuite({ name, script, counts, options = [], after = () => 0, run }, output) {
	if (run !== undefined) return await run();
	const file = join(results, `${name}.json`);
	rmSync(file, { force: true });
	const report = counts === 'tests' ? ['--', ...options, '--json', `--outputFile=${file}`] : [];
	const exitCode = await runLeashed('npm', ['run', script, ...report], { cwd: root, output });
	if (counts !== 'tests') return outcome(exitCode === 0 ? 1 : 0, exitCode);
	if (exitCode === SKIPPED) return { passed: 0, failed: 0, isSkipped: true };
	const tests = countTests(file, exitCode);
	return { ...tests, failed: tests.failed + after(), titles: failedTitles(file) };
}

// The names of what failed, for the end of the log: what was printed when it failed is far above.
function failedTitles(file) {
	try {
		const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
		return testResults.flatMap(({ name, status, assertionResults }) => {
			const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName, failureMessages }) => `${fullName}\n    ${firstLines(failureMessages.join('\n'))}`);
			return (failed.length === 0 && status === 'failed' ? ['could not be loaded'] : failed).map((title) => `${relative(root, name)}: ${title}`);
		});
	} catch {
		return [];
	}
}

const firstLines = (text) => stripVTControlCharacters(text).split('\n').slice(0, 12).join('\n    ').slice(0, 1500);

// The attack is worth its name only while it tries as much as docs/security.md says; gives the failures of that.
function countInputs() {
	const files = readdirSync(hostile).map((file) => JSON.parse(readFileSync(join(hostile, file), 'utf8')));
	for (const { what, count } of files) console.log(`${count.toLocaleString('en').padStart(8)} ${what}`);
	const sum = files.reduce((total, { count }) => total + count, 0);
	console.log(`${sum.toLocaleString('en').padStart(8)} hostile inputs in total (at least ${LEAST_INPUTS.toLocaleString('en')} required)`);
	return sum < LEAST_INPUTS ? 1 : 0;
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

async function installed(setUpStep) {
	try {
		await setUpStep;
		return { passed: 0, failed: 0 };
	} catch (error) {
		console.error(error.message);
		return { passed: 0, failed: 1 };
	}
}

function headline(name) {
	console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}\n`);
}

async function measured(name, run) {
	headline(name);
	return await timed(name, run);
}

async function timed(name, run) {
	const started = Date.now();
	const { passed, failed, titles = [], isSkipped = false } = await run();
	return { name, passed, failed, titles, isSkipped, seconds: Math.round((Date.now() - started) / 1000) };
}

// Runs while others do; what it prints comes once all is over.
function beside(suite) {
	const log = join(results, `${suite.name}.log`);
	const output = openSync(log, 'w');
	const row = timed(suite.name, () => runSuite(suite, output));
	return async () => {
		const ended = await row;
		closeSync(output);
		headline(suite.name);
		console.log(readFileSync(log, 'utf8'));
		return ended;
	};
}

const began = Date.now();
mkdirSync(results, { recursive: true });
rmSync(hostile, { recursive: true, force: true });
mkdirSync(hostile, { recursive: true });
const rows = [await measured('tools', () => installed(setUp({ playground: false })))];
// n8n takes longest to install, mostly waiting for the registry, and only the last suite needs it.
const n8n = setUp({ playground: true });
n8n.catch(() => undefined);
const ends = [];
for (const suite of SUITES) {
	if (askedToEnd) break;
	if (suite.isBeside) ends.push(beside(suite));
	else rows.push(await measured(suite.name, () => runSuite(suite)));
}
for (const end of ends) rows.push({ ...(await end()), isBeside: true });

console.log();
for (const { name, passed, failed, seconds, isBeside, isSkipped } of rows) {
	const cells = [name.padEnd(12), `${passed} passed`.padStart(14), `${failed} failed`.padStart(12), `${seconds} s`.padStart(10)];
	console.log(cells.join('') + (isSkipped ? ' skipped' : isBeside ? ' beside others' : ''));
}
console.log(`${'all'.padEnd(12)}${`${Math.round((Date.now() - began) / 1000)} s`.padStart(36)}`);
const titles = rows.flatMap((row) => row.titles);
if (titles.length > 0) console.log(`\nFailed:\n${titles.map((title) => `  ${title}`).join('\n')}`);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
process.exitCode = askedToEnd ? 130 : sum('failed') > 0 ? 1 : 0;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
