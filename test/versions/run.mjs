// npm run test:versions: installs other releases of n8n, once, and tries the package in each. Prints the README's table.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLeashed } from '../../playground/leashed.mjs';
import { installPackages } from '../../playground/npm.mjs';
import { root, setUp, work } from '../../playground/setup.mjs';

const releases = JSON.parse(readFileSync(join(root, 'test/versions/releases.json'), 'utf8'));
const newest = JSON.parse(readFileSync(join(root, 'playground/package.json'), 'utf8'));
const results = join(work, 'results', 'versions');

/** The newest is the playground's own. */
async function install({ n8n, node }) {
	if (n8n === newest.dependencies.n8n) return;
	const folder = join(work, 'releases', n8n);
	const manifest = JSON.stringify({
		private: true,
		dependencies: { n8n, node },
		// n8n 1 takes this from a host of its own, which not every network lets through.
		overrides: { xlsx: '0.18.5' },
		allowScripts: { node: true, sqlite3: true },
	});
	const stamp = join(folder, 'installed.json');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest) return;
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), manifest);
	console.log(`Installing n8n ${n8n}: 2 to 6 minutes …`);
	await installPackages({ folder, what: `n8n ${n8n}`, logs: work });
	writeFileSync(stamp, manifest);
}

function table() {
	const rows = releases.map(({ n8n, node }) => {
		const file = join(results, `${n8n}.json`);
		const outcome = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
		return { n8n, node, outcome };
	});
	const whats = [...new Set(rows.flatMap(({ outcome }) => outcome.map(({ what }) => what)))];
	const line = (cells) => `| ${cells.join(' | ')} |`;
	const cells = ({ n8n, node, outcome }) => [n8n, node, ...whats.map((what) => (outcome.find((one) => one.what === what)?.isRight ? 'yes' : 'no'))];
	return [line(['n8n', 'on Node', ...whats]), line(['---', '---', ...whats.map(() => ':-:')]), ...rows.map((row) => line(cells(row)))].join('\n');
}

async function run() {
	await setUp({ playground: true });
	for (const release of releases) await install(release);
	rmSync(results, { recursive: true, force: true });
	mkdirSync(results, { recursive: true });
	const exitCode = await runLeashed('npx', ['jest', '-c', 'test/jest.config.js', '--forceExit', 'test/versions', ...process.argv.slice(2)], { cwd: root });
	if (readdirSync(results).length < releases.length) return exitCode || 1;
	const printed = table();
	console.log(`\n${printed}\n`);
	if (readFileSync(join(root, 'README.md'), 'utf8').includes(printed)) return exitCode;
	console.error("This isn't the table in the README. Replace that one by it.");
	return 1;
}

process.exitCode = await run().catch((error) => {
	console.error(error.message);
	return 1;
});
