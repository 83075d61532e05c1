// npm run probe: sets up what a fresh clone lacks, then asks the cluster (main.ts, on Node 24).
import { join } from 'node:path';
import { runLeashed } from '../../playground/leashed.mjs';
import { root, setUp } from '../../playground/setup.mjs';

const node24 = join(root, 'node_modules', 'node', 'bin', 'node');

async function probe() {
	await setUp({ playground: false });
	return await runLeashed(node24, ['test/probe/main.ts'], { cwd: root });
}

process.exitCode = await probe().catch((error) => {
	console.error(error.message);
	return 1;
});
