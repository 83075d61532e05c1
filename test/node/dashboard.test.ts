import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/index.ts';
import { credentialFor } from '../support/asking.ts';
import { contentOf, openBinaryStore } from '../support/binaryStore.ts';
import { runNode, type NodeRun } from '../support/runNode.ts';

const timezone = 'Europe/Berlin';
const operations = ['getCalls', 'getSessions', 'getProductivity', 'getCsat'];
const hostile = `"><img src=x onerror=alert(1)>'</style><script>alert(2)</script>{{ $json }}\u202e`;

let cluster: Simulator;
let clearStore: () => Promise<void>;
beforeAll(async () => {
	clearStore = await openBinaryStore();
	cluster = await startSimulator({ days: 60, callsPerDay: 200, agents: 12, now: '2026-11-20T12:00:00Z' });
	cluster.addCall({ _id: 'hostile', start_time: '2026-11-05T10:00:00.000Z', end_time: '2026-11-05T10:02:00.000Z', direction: 'in', caller: '+49 30 901820', team_name: hostile, user_display_name: hostile, answer_time: null });
});
afterAll(async () => {
	await cluster.close();
	await clearStore();
});

const november = { dateRange: 'custom', startTime: '2026-11-01', endTime: '2026-11-14' };

async function ask(operation: string, parameters: IDataObject): Promise<NodeRun> {
	const run = await runNode({ parameters: { resource: 'report', operation, ...november, ...parameters }, credential: credentialFor(cluster), timezone });
	expect(run.error).toBeUndefined();
	return run;
}

async function pageOf(operation: string, parameters: IDataObject = {}): Promise<string> {
	const run = await ask(operation, { output: 'dashboard', ...parameters });
	expect(run.json).toHaveLength(1);
	return String(run.json[0].html);
}

/** The figures at the head of a page, as they are written there: value and change. */
function keysIn(page: string): Map<string, { value: string; change: string }> {
	const keys = page.split('<div class="key"').slice(1);
	return new Map(
		keys.map((key) => {
			const [label, value, change] = key.split('</div>').map((part) => part.slice(part.indexOf('>', part.lastIndexOf('<div')) + 1).replace(/<[^>]*>/g, '').trim());
			return [label.replace(/^[^>]*>\s*/, ''), { value, change }];
		}),
	);
}

/** None of these loads anything or runs anything. */
const elements = new Set(['html', 'head', 'meta', 'title', 'style', 'body', 'div', 'section', 'h1', 'h2', 'p', 'span', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'b', 'br', 'blockquote']);
const attributes = new Set(['lang', 'charset', 'name', 'content', 'http-equiv', 'class', 'style', 'aria-hidden', 'aria-label', 'role', 'scope', 'dir', 'width', 'height', 'align', 'valign', 'bgcolor', 'cellspacing', 'cellpadding', 'nowrap']);

/** A figure of the page as a number. */
const numberIn = (text = ''): number => Number(text.replace('−', '-').replace(/[^\d.-]/g, ''));

describe.each(operations)('the page of %s', (operation) => {
	it('needs nothing but itself, is small, and is the same in the file and in html', async () => {
		const run = await ask(operation, { output: 'dashboard' });
		const page = String(run.json[0].html);
		const tags = [...page.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)];
		expect(new Set(tags.map(([, name]) => name))).toEqual(new Set(tags.map(([, name]) => name).filter((name) => elements.has(name))));
		expect(tags.flatMap(([, , rest]) => [...rest.matchAll(/([a-z-]+)="[^"]*"/g)].map(([, name]) => name)).filter((name) => !attributes.has(name))).toEqual([]);
		expect(page).not.toMatch(/@import|url\(/);
		// Every sign that begins an element is one of those.
		expect(page.match(/<[^/!]/g)).toHaveLength(tags.length);
		expect(Buffer.byteLength(page)).toBeLessThan(200_000);
		const { data } = run.items[0].binary as { data: IBinaryData };
		expect((await contentOf(data)).toString('utf8')).toBe(page);
		expect(data).toMatchObject({ mimeType: 'text/html', fileName: `samespace-${String(run.json[0].report)}-dashboard-2026-11-01-to-2026-11-14.html` });
	});

	it('is well formed: every element is closed in order, and each part has a heading', async () => {
		const page = await pageOf(operation);
		const open: string[] = [];
		for (const [, close, name] of page.replace(/<style>[^]*<\/style>|<!doctype html>/g, '').matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
			if (name === 'meta' || name === 'br') continue;
			if (close) expect(open.pop()).toBe(name);
			else open.push(name);
		}
		expect(open).toEqual([]);
		expect(page.match(/<h1/g)).toHaveLength(1);
		expect(page.match(/<h2/g)?.length).toBe(page.match(/<section/g)?.length);
	});

	it('shows an empty state for a range without records', async () => {
		const page = await pageOf(operation, { startTime: '2025-01-01', endTime: '2025-01-02' });
		expect(page).toContain('No data for this period.');
		expect(page).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
	});

	it('never shows undefined, null or NaN', async () => {
		expect(await pageOf(operation)).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
	});
});

it.each([
	['getCalls', [['Calls', 'calls'], ['Inbound', 'inbound'], ['Answer rate', 'answer_rate_percent'], ['Service level', 'service_level_percent'], ['Abandon rate', 'abandon_rate_percent'], ['Unique callers', 'unique_callers']]],
	['getSessions', [['Agents', 'agents'], ['Most agents at once', 'peak_agents'], ['Sessions', 'sessions']]],
	['getProductivity', [['Agents', 'agents'], ['Conversations', 'conversations'], ['Occupancy', 'occupancy_percent'], ['Conversations per hour', 'conversations_per_hour']]],
	['getCsat', [['Conversations', 'conversations'], ['Ratings', 'ratings'], ['Average rating', 'rating_average'], ['Questions answered', 'answered_percent']]],
] as Array<[string, Array<[string, string]>]>)('%s: the key figures are those of a summary, and the change is against the period before', async (operation, figures) => {
	const metrics = figures.map(([, metric]) => metric);
	const [now] = (await ask(operation, { output: 'summary', groupBy: [], metrics })).json;
	const [before] = (await ask(operation, { output: 'summary', groupBy: [], metrics, startTime: '2026-10-18', endTime: '2026-10-31' })).json;
	const keys = keysIn(await pageOf(operation));
	for (const [label, metric] of figures) {
		const { value, change } = keys.get(label) ?? { value: 'missing', change: '' };
		const digits = metric.endsWith('percent') ? 1 : metric.includes('per_hour') || metric.includes('average') ? 2 : 0;
		expect([label, numberIn(value)]).toEqual([label, Number(Number(now[metric]).toFixed(digits))]);
		if (change === 'unchanged') expect(Number(now[metric])).toBeCloseTo(Number(before[metric]), digits);
		else expect([label, numberIn(change.split('from')[1])]).toEqual([label, Number(Number(before[metric]).toFixed(digits))]);
	}
});

it('the page lists follow-ups as of the end of the period, the output as of now', async () => {
	const filters = { teamName: ['Sales'] };
	const missed = cluster.truth
		.calls({ start: '2026-10-31T23:00:00.000Z', end: '2026-11-14T22:59:59.999Z' })
		.filter((call) => call.direction === 'in' && call.answer_time === null && call.team_name === 'Sales' && Date.parse(String(call.end_time)) - Date.parse(call.start_time) >= 5000);
	const first = missed[0];
	cluster.addCall({ _id: 'called back', start_time: '2026-11-16T10:00:00.000Z', end_time: '2026-11-16T10:05:00.000Z', direction: 'out', callee: first.caller, team_name: 'Helpdesk', answer_time: '2026-11-16T10:00:10.000Z' });
	const page = await pageOf('getCalls', { filters });
	expect(page).toContain('<br>Team: Sales');
	expect(page).toContain(`10 of ${missed.length}, as of the end of this period: most missed calls first`);
	for (const { caller } of missed.slice(0, 10)) expect(page).toContain(`>${caller}</th>`);
	const owed = (await ask('getCalls', { output: 'followUps', filters })).json;
	expect(owed.map(({ phone_number: number }) => number)).toEqual(missed.slice(1).map(({ caller }) => caller));
});

it.each([['followUps', 'missed call'], ['dashboard', 'record']])('%s says so where the filters leave out every %s', async (output, what) => {
	const run = await ask('getCalls', { output, filters: { teamName: ['Salse'] } });
	expect(run.hints.map(({ message }) => message)).toContainEqual(expect.stringMatching(new RegExp(`^No ${what}s matched the filters\\. [\\d,]+ ${what}s in the date range were left out by 'Team'`)));
});

it('a hint of what filters leave out speaks of the range alone, not of the period before', async () => {
	const own = await startSimulator({ truth: { calls: [9, 10, 11].map((day) => ({ _id: String(day), start_time: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`, team_name: day === 9 ? 'Sales' : 'Care' })) }, now: '2026-11-20T00:00:00Z' });
	const asked = { resource: 'report', operation: 'getCalls', dateRange: 'custom', startTime: '2026-11-11', endTime: '2026-11-11', output: 'dashboard' };
	const hintsFor = async (teamName: string, startTime: string, endTime: string): Promise<string[]> =>
		(await runNode({ credential: credentialFor(own), parameters: { ...asked, startTime, endTime, filters: { teamName: [teamName] } } })).hints.map(({ message }) => message);
	expect(await hintsFor('Salse', '2026-11-11', '2026-11-11')).toContainEqual(expect.stringContaining("1 record in the date range was left out by 'Team'"));
	expect(await hintsFor('Sales', '2026-11-10', '2026-11-10')).toContainEqual(expect.stringContaining('No records matched the filters'));
	await own.close();
});

it('totals of both periods are told apart, though the cluster reads a repeated hour as one', async () => {
	const run = async (output: string): Promise<NodeRun> =>
		await runNode({
			parameters: { resource: 'report', operation: 'getProductivity', dateRange: 'custom', startTime: '2026-10-25T01:00:00Z', endTime: '2026-10-25T02:00:00Z', output, groupBy: [], metrics: ['agents', 'conversations'] },
			credential: credentialFor(cluster, { timezone: 'Europe/Berlin' }),
			timezone: 'UTC',
		});
	const [{ json: [summary] }, { json: [page] }] = [await run('summary'), await run('dashboard')];
	const keys = keysIn(String(page.html));
	expect(numberIn(keys.get('Conversations')?.value)).toBe(summary.conversations);
	expect(numberIn(keys.get('Agents')?.value)).toBe(summary.agents);
});

it('ten years of answers in long names of any script stay under 200 kB', async () => {
	const long = (text: string): string => `${text} "'&<>" ${'उपयोगकर्ता संतुष्टि सर्वेक्षण '.repeat(3)}`;
	const store = await startSimulator({ truth: { csat: surveys(long) } as never, now: '2026-11-20T12:00:00Z' });
	const run = await runNode({ parameters: { resource: 'report', operation: 'getCsat', dateRange: 'custom', startTime: '2016-11-21', endTime: '2026-11-20', output: 'dashboard' }, credential: credentialFor(store), timezone });
	await store.close();
	expect(run.error).toBeUndefined();
	expect(run.json[0].records).toBe(3600);
	expect(Buffer.byteLength(String(run.json[0].html))).toBeLessThan(200_000);
}, 120_000);

/** One conversation a day, with twelve questions. */
function surveys(long: (text: string) => string): object[] {
	return Array.from({ length: 3600 }, (_, day) => {
		const start = new Date(Date.parse('2016-12-01T10:00:00Z') + day * 86_400_000).toISOString();
		const csat = Array.from({ length: 12 }, (_question, at) => ({ _id: `${day}-${at}`, timestamp: start, uuid: `u${day}`, question: `SURVEY_ANSWER_${at + 1}:${long(`Q${at}`)}`, answer: String((day % 5) + 1) }));
		return {
			...{ _id: `survey-${day}`, csat, direction: 'in', caller: '+491234567', callee: '1', start_time: start, end_time: start, duration: 10, acw_duration: 5 },
			...{ user_display_name: long(`A${day % 40}`), team_name: long(`T${day % 30}`), conversation_tags: [long(`G${day % 25}`)], notes: long('N').repeat(5) },
		};
	});
}

it('hostile names are shown as the text that they are, and nothing else', async () => {
	const page = await pageOf('getCalls', { startTime: '2026-11-05T09:59:00', endTime: '2026-11-05T12:01:00', filters: { teamName: [hostile] } });
	expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;');
	expect(page).not.toMatch(/<img|<script/);
	expect(page.match(/<\/style>/g)).toHaveLength(1);
	expect(page).not.toContain('\u202e');
});

it('a range of years is grouped by month', async () => {
	const page = await pageOf('getCalls', { startTime: '2024-11-01', endTime: '2026-11-14' });
	expect(page).toContain('Calls by month');
	expect(page).toContain('Oct\u00a02026');
});

it('follow-ups come as files, too, and a hint tells of withheld numbers', async () => {
	cluster.addCall({ _id: 'withheld', start_time: '2026-11-06T10:00:00.000Z', end_time: '2026-11-06T10:02:00.000Z', direction: 'in', caller: 'anonymous', answer_time: null });
	const run = await ask('getCalls', { output: 'followUps', returnAs: 'csv', startTime: '2026-11-06', endTime: '2026-11-06' });
	expect(run.json).toMatchObject([{ file_name: 'samespace-calls-follow-ups-2026-11-06-part-001.csv' }]);
	expect(run.hints.map(({ message }) => message)).toContainEqual(expect.stringMatching(/missed calls? came from (a )?withheld or internal number/));
});
