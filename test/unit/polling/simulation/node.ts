/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test runs in Node, not in n8n */

/** Months to simulate: a few by default, SAMESPACE_SEEDS=500 for the whole. */
export const seeds = Number(process.env.SAMESPACE_SEEDS ?? 25);

/** Waits until no promise has anything left to do. */
export const allPromises = async (): Promise<void> => await new Promise((done) => setImmediate(done));
