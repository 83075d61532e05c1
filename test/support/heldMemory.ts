/* eslint-disable @n8n/community-nodes/no-restricted-globals -- of a script of its own, started with --expose-gc */
const { gc } = globalThis as unknown as { gc: () => void };

/** Heap and buffers that are in use, without garbage, in bytes. Collects the garbage of the whole heap. */
export function heldMemory(): number {
	gc();
	// Buffers are let go beside the program, after the collection; the next one waits for that.
	gc();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}
