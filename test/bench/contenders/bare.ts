/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the floor is Node's own HTTP with axios on it */
import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import axios, { type AxiosRequestConfig } from 'axios';
import { callsPath, keyHeader, type Item, type Task, type TimeWindow } from '../task.ts';

interface Page {
	total: number;
	data: object[];
}

type Agents = Pick<AxiosRequestConfig, 'httpAgent' | 'httpsAgent'>;

/** Reads one page after another with axios as it comes, until the rows make up the total. Node keeps the connection. */
export async function readOneByOne(task: Task): Promise<Item[]> {
	const items: Item[] = [];
	for (const window of task.windows) {
		let page: Page;
		let skip = 0;
		do {
			page = await fetchPage(task, window, { skip, agents: {} });
			addItems(items, page);
			skip += task.pageSize;
		} while (skip < page.total);
	}
	return items;
}

/**
 * Reads all pages, so many at once, told beforehand which there are; checks nothing. Nobody who reads in this way can
 * be faster.
 */
export function parallelReader(concurrency: number, connections: 'fresh' | 'kept'): (task: Task) => Promise<Item[]> {
	return async (task) => {
		const kept = connections === 'kept' ? agents(true) : undefined;
		const requests = task.windows.flatMap((window) => skipsOf(window, task.pageSize).map((skip) => ({ window, skip })));
		const pages: Page[] = [];
		let next = 0;
		const work = async (): Promise<void> => {
			while (next < requests.length) {
				const at = next;
				next += 1;
				const { window, skip } = requests[at];
				pages[at] = await fetchPage(task, window, { skip, agents: kept ?? agents(false) });
			}
		};
		await Promise.all(Array.from({ length: concurrency }, work));
		kept?.httpAgent.destroy();
		kept?.httpsAgent.destroy();
		const items: Item[] = [];
		for (const page of pages) addItems(items, page);
		return items;
	};
}

/** Fresh agents are what n8n's HTTP helper makes for each request. */
function agents(keepAlive: boolean): { httpAgent: Agent; httpsAgent: SecureAgent } {
	return { httpAgent: new Agent({ keepAlive }), httpsAgent: new SecureAgent({ keepAlive }) };
}

function skipsOf({ records }: TimeWindow, pageSize: number): number[] {
	return Array.from({ length: Math.ceil(records / pageSize) }, (_, page) => page * pageSize);
}

async function fetchPage(
	{ url, apiKey, pageSize }: Task,
	{ start, end }: TimeWindow,
	{ skip, agents: held }: { skip: number; agents: Agents },
): Promise<Page> {
	const body = { filters: { start_time: start, end_time: end }, limit: pageSize, skip };
	const { data } = await axios.post<Page>(url + callsPath, body, {
		...held,
		headers: { [keyHeader]: apiKey },
		proxy: false,
		maxRedirects: 0,
		maxContentLength: Infinity,
	});
	return data;
}

function addItems(items: Item[], { data }: Page): void {
	for (const json of data) items.push({ json, pairedItem: { item: 0 } });
}
