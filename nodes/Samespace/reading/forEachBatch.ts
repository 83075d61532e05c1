import type { Batch, ReadEnd } from './read';

/** Takes a reading to its end, batch by batch. Should a consumer fail, nothing more is read. */
export async function forEachBatch(
	reading: AsyncGenerator<Batch, ReadEnd>,
	take: (batch: Batch) => Promise<void> | void,
): Promise<ReadEnd> {
	try {
		let step = await reading.next();
		for (; !step.done; step = await reading.next()) await take(step.value);
		return step.value;
	} finally {
		await reading.return({ failure: null, gaps: [] });
	}
}
