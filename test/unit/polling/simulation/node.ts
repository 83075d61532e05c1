/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test runs in Node, not in n8n */

/** Waits until no promise has anything left to do. */
export const allPromises = async (): Promise<void> => await new Promise((done) => setImmediate(done));
