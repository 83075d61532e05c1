/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs on Node itself, not in n8n */

// A cluster as a process of its own: `node test/simulator/main.ts --calls-per-day 400 --latency 20`.
// Prints one line of JSON, {"url","apiKey","port"}, when it listens; see server/control.ts for what steers it.
import { readArguments } from './commandLine.ts';
import { startSimulator } from './index.ts';

async function run(): Promise<void> {
	const { options, dieWithParent } = readArguments(process.argv.slice(2));
	const simulator = await startSimulator(options);
	const { url, apiKey, port } = simulator;
	process.stdout.write(`${JSON.stringify({ url, apiKey, port })}\n`);
	const end = () => void simulator.close().then(() => process.exit(0));
	process.once('SIGTERM', end);
	process.once('SIGINT', end);
	if (dieWithParent) process.stdin.resume().once('end', end).once('error', end);
}

run().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
