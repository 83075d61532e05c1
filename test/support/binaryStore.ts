/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Container as ContainerType } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';

// npm lays several copies of n8n's container side by side: the engine's own is the one to ask.
const containerPath = require.resolve('@n8n/di', { paths: [dirname(require.resolve('n8n-core'))] });
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the path is found at run time
const { Container } = require(containerPath) as { Container: typeof ContainerType };

/** n8n's store of binary data as it is by default: files in a folder. Gives a function that clears it away. */
export async function openBinaryStore(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'samespace-binary-'));
	Container.set(BinaryDataConfig, { mode: 'filesystem', localStoragePath: folder } as BinaryDataConfig);
	await Container.get(BinaryDataService).init();
	openFolder = folder;
	return async () => await rm(folder, { recursive: true, force: true });
}

let openFolder = '';

/** What a person does while nothing can be written to the store's disk. */
export async function withBrokenStore<Result>(act: () => Promise<Result>): Promise<Result> {
	await rename(openFolder, `${openFolder}-aside`);
	await writeFile(openFolder, 'no folder');
	try {
		return await act();
	} finally {
		await rm(openFolder);
		await rename(`${openFolder}-aside`, openFolder);
	}
}

/** What a person does while the store refuses every file, for this reason. */
export async function withRefusingStore<Result>(reason: Error, act: () => Promise<Result>): Promise<Result> {
	const refusing = jest.spyOn(Container.get(BinaryDataService), 'store').mockRejectedValue(reason);
	return await act().finally(() => refusing.mockRestore());
}

/** The content of a file that a node put there. */
export async function contentOf(binary: { id?: string; data: string; mimeType: string }): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}
