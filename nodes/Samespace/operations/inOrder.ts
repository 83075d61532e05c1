/**
 * Does a job for each number from 0 to `count` - 1, at most `width` at a time, and gives the results in that order.
 * After a job has failed no other is begun, `onFailure` is called so that those under way can end, and the failure that came first is
 * thrown: those after it may only have been ended by it.
 */
export async function inOrder<Result>(
	count: number,
	width: number,
	job: (index: number) => Promise<Result>,
	onFailure: () => void = () => undefined,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: unknown[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < count && failures.length === 0) {
			const index = next;
			next += 1;
			await job(index).then(
				(result) => {
					results[index] = result;
				},
				(reason: unknown) => {
					failures.push(reason);
					onFailure();
				},
			);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, work));
	if (failures.length > 0) throw failures[0];
	return results;
}
