/**
 * Does a job for each number from 0 to `count` - 1, at most `width` at a time, and gives the results in that order.
 * After a job has failed no other is begun; the failure of the lowest number is thrown.
 */
export async function inOrder<Result>(
	count: number,
	width: number,
	job: (index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: Array<{ index: number; reason: unknown }> = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < count && failures.length === 0) {
			const index = next;
			next += 1;
			await job(index).then(
				(result) => {
					results[index] = result;
				},
				(reason: unknown) => failures.push({ index, reason }),
			);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, work));
	failures.sort((a, b) => a.index - b.index);
	if (failures.length > 0) throw failures[0].reason;
	return results;
}
