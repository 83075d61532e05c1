// npm start [-- --once]: sets up what a fresh clone lacks, then plays (run.ts, on Node 24).
import { join } from 'node:path';
import { runLeashed } from './leashed.mjs';
import { root, setUp } from './setup.mjs';

const node24 = join(root, 'playground', 'node_modules', 'node', 'bin', 'node');

async function play() {
	await setUp({ playground: true });
	const options = process.argv.slice(2);
	const player = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'playground/run.ts', ...options];
	return await runLeashed(node24, player, { cwd: root });
}

process.exitCode = await play().catch((error) => {
	console.error(error.message);
	return 1;
});
