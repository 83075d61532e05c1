/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test runs in Node, not in n8n */

/** How many random cases the long tests draw: a few in the quick loop, SAMESPACE_SEEDS=500 for the whole. */
export const seeds = Number(process.env.SAMESPACE_SEEDS ?? 25);
