/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts a process */
import { fork } from 'node:child_process';
import type { Answer, Question } from './client.ts';

/** A process in which contenders run, one reading at a time. */
export interface ClientProcess {
	ask(question: Question): Promise<Answer>;
	stop(): Promise<void>;
}

/** Room for a million records as items, and as pages and items at once. */
const heapMb = 12_288;

/** Starts a client. It trusts the simulator's certificate as one would in n8n, and goes through no proxy. */
export function startClientProcess(packageFolder: string, certificateFile: string): ClientProcess {
	const inherited = Object.entries(process.env).filter(([name]) => !/_proxy$|^NODE_OPTIONS$/i.test(name));
	const child = fork('test/bench/client.ts', [packageFolder], {
		execArgv: ['--expose-gc', `--max-old-space-size=${heapMb}`],
		env: { ...Object.fromEntries(inherited), NODE_EXTRA_CA_CERTS: certificateFile },
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	return {
		ask: async (question) =>
			await new Promise((resolve, reject) => {
				const onExit = (): void => reject(new Error('the client ended before it answered'));
				child.once('exit', onExit);
				child.once('message', ({ result, error }: { result?: Answer; error?: string }) => {
					child.off('exit', onExit);
					if (result) resolve(result);
					else reject(new Error(error));
				});
				child.send(question);
			}),
		stop: async () => {
			if (child.connected) child.disconnect();
			await ended;
		},
	};
}
