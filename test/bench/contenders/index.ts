import type { IDataObject } from 'n8n-workflow';
import type { ContenderId, Item, Task } from '../task.ts';
import { parallelReader, readOneByOne } from './bare.ts';

/** Gives the items, or how many there were if it keeps none. */
export type Reader = (task: Task) => Promise<Item[] | number>;

/** What stands in the table for each contender, and how it reads. */
export interface Contender {
	name: string;
	/** Requests under way at once. */
	concurrency: number;
	/** What it is compared with: the floor of the same concurrency. */
	floor: ContenderId;
	/** Where it isn't that of the case. */
	pageSize?: number;
	/** This node's options, as in its form. */
	options?: IDataObject;
}

export const contenders: { [id in ContenderId]: Contender } = {
	node4: { name: 'A: this node, defaults (concurrency 4)', concurrency: 4, floor: 'floor4' },
	node8: { name: 'B: this node, concurrency 8', concurrency: 8, floor: 'floor8', options: { concurrency: 8 } },
	http: { name: 'C: HTTP Request + Split Out', concurrency: 1, floor: 'floor4' },
	http5000: { name: 'C: the same, 5,000 a page', concurrency: 1, floor: 'floor4', pageSize: 5000 },
	httpAtOnce: { name: 'C′: the same, all windows at once', concurrency: 4, floor: 'floor4' },
	loop: { name: 'D: axios, one page at a time', concurrency: 1, floor: 'floor4' },
	floor4: { name: 'E: the floor, 4 at once', concurrency: 4, floor: 'floor4' },
	floor8: { name: 'E: the floor, 8 at once', concurrency: 8, floor: 'floor8' },
	count4: { name: 'A without the items: nothing is kept', concurrency: 4, floor: 'floor4' },
	keep4: { name: 'F: with keep-alive, 4 at once', concurrency: 4, floor: 'floor4' },
	keep8: { name: 'F: with keep-alive, 8 at once', concurrency: 8, floor: 'floor8' },
};

/** Rows that a contender asks for with one request in a case. */
export function pageSizeOf(id: ContenderId, of: { pageSize: number }): number {
	return contenders[id].pageSize ?? of.pageSize;
}

/** Makes a contender ready to read; n8n is loaded only where it is needed. `folder`: where this package is installed. */
export async function readerOf(id: ContenderId, folder: string): Promise<Reader> {
	const { concurrency, options = {} } = contenders[id];
	switch (id) {
		case 'node4':
		case 'node8':
			return (await import('./samespace.ts')).samespaceReader(folder, options);
		case 'count4': {
			const { countRecords } = await import('./counting.ts');
			return async (task) => (await countRecords(folder, task, { options })).records;
		}
		case 'http':
		case 'http5000':
			return (await import('./httpRequest.ts')).httpRequestReader('oneAfterAnother');
		case 'httpAtOnce':
			return (await import('./httpRequest.ts')).httpRequestReader('atOnce');
		case 'loop':
			return readOneByOne;
		case 'floor4':
		case 'floor8':
			return parallelReader(concurrency, 'fresh');
		case 'keep4':
		case 'keep8':
			return parallelReader(concurrency, 'kept');
	}
}
