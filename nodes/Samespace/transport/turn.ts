import { sleep } from 'n8n-workflow';

/** n8n has one thread for everything: webhooks, the editor, all workflows. The longest that all executions together may keep it busy before yielding. */
const longestMs = 15;

let since = performance.now();
let line: Promise<unknown> = Promise.resolve();

const nothing = (): void => undefined;

/** Does a piece of work that keeps the thread busy: one after another, and after a pause where the thread was kept for long. @throws what the work throws */
export async function inTurn<Result>(work: () => Result): Promise<Result> {
	const done = line.then(async () => {
		if (performance.now() - since >= longestMs) {
			await sleep(0);
			since = performance.now();
		}
		return { result: work() };
	});
	// What came of it is held by nobody else.
	line = done.then(nothing, nothing);
	return (await done).result;
}

/** Does work step by step, each step in its turn, and passes on what it gives before the next one. @throws what the work throws */
export async function eachInTurn<Result>(work: Iterable<Result | Promise<Result>>, use: (result: Result) => void): Promise<void> {
	const steps = work[Symbol.iterator]();
	for (;;) {
		const { done, value } = await inTurn(() => steps.next());
		if (done) return;
		use(await value);
	}
}
