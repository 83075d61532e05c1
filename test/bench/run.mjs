// npm run bench [-- --full | --rounds 7 | --case 'TLS' [--largest 100000] | --package folder]: sets up what a fresh clone lacks, then measures
// (main.ts, on Node 24).
import { join } from 'node:path';
import { runLeashed } from '../../playground/leashed.mjs';
import { root, setUp } from '../../playground/setup.mjs';

const node24 = join(root, 'playground', 'node_modules', 'node', 'bin', 'node');

async function bench() {
	await setUp({ playground: true });
	return await runLeashed(node24, ['test/bench/main.ts', ...process.argv.slice(2)], { cwd: root });
}

process.exitCode = await bench().catch((error) => {
	console.error(error.message);
	return 1;
});
