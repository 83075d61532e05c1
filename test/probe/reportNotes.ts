import type { Report } from './reports.ts';
import type { Settings } from './settings.ts';
import { dayMs, hourMs, minuteMs, timeText } from './times.ts';
import type { Window } from './times.ts';
import { isError, answerShape } from './judging/shape.ts';
import { skippingOf } from './judging/order.ts';
import type { Skipping } from './judging/order.ts';
import { idOf, isPage, isRefused, rowsOf, timesOf, totalOf } from './wire/answer.ts';
import type { Answer, Row } from './wire/answer.ts';
import type { Client } from './wire/client.ts';
import { reasonOf } from './wording.ts';

/** What can be left out of a request. */
type Part = 'limit' | 'skip' | 'times';

/** What to ask; without a window: the range that all probes share. */
export type Ask = { window?: Window; limit?: number; skip?: number; filters?: Record<string, unknown> };

/** The first answer, and what had to be left out for it (U18). */
export type Acquaintance = { first: Answer; refused: Part[]; status?: number };

/** The largest page that is granted (U15). */
export type LargestPage = { answer: Answer; limit: number; refusedLimit?: number; status?: number };

const firstLimit = 10;
const limits = [1000, 500, 200, 100, 50, 10];
const rangeDays = 28;
/** An hour of a day long before any record. */
const longAgo = { startMs: Date.UTC(2001, 1, 3, 5), endMs: Date.UTC(2001, 1, 3, 6) };
/** What a request may be asked without, the least first. */
const omissions: Part[][] = [['skip'], ['limit'], ['limit', 'skip'], ['times'], ['skip', 'times'], ['limit', 'skip', 'times']];
/** Deeper, a skip would be work for the cluster. */
const deepestSkip = 100_000;

/** Asks one report, and remembers each answer that several probes judge by. */
export class ReportNotes {
	readonly report: Report;
	readonly settings: Settings;
	readonly client: Client;
	/** 28 days that ended a day ago: settled, and legal under each reading of '1 month'. */
	readonly range: Window;
	/** Every answer so far. */
	readonly answers: Answer[] = [];
	/** How far the cluster's clock texts are ahead of the zone that was entered (U21). */
	shiftMs = 0;
	/** When the record was by which that was seen. */
	shiftSeenAtMs: number;
	private readonly kept = new Map<string, Promise<unknown>>();
	private readonly others: (name: Report['name']) => ReportNotes;

	constructor(report: Report, settings: Settings, client: Client, others: (name: Report['name']) => ReportNotes) {
		this.report = report;
		this.settings = settings;
		this.client = client;
		this.others = others;
		const endMs = Math.floor(settings.now() / minuteMs) * minuteMs - dayMs;
		this.shiftSeenAtMs = endMs;
		this.range = { startMs: endMs - rangeDays * dayMs, endMs };
	}

	/** The notes on another report. */
	of(name: Report['name']): ReportNotes {
		return this.others(name);
	}

	/** Does something once, however many probes need it. */
	async once<T>(what: string, make: () => Promise<T>): Promise<T> {
		const known = this.kept.get(what) as Promise<T> | undefined;
		const made = known ?? make();
		if (known === undefined) this.kept.set(what, made);
		return await made;
	}

	/** Posts a body as it is. */
	async post(body: unknown): Promise<Answer> {
		const answer = await this.client.post(this.report, body);
		this.answers.push(answer);
		return answer;
	}

	/** Asks for rows, without what this report refuses. */
	async ask(ask: Ask): Promise<Answer> {
		const { refused } = await this.acquaintance();
		return await this.post(this.bodyOf(ask, refused));
	}

	/** The first page of the range, with as little left out as the report allows. */
	async acquaintance(): Promise<Acquaintance> {
		return await this.once('acquaintance', async () => {
			const whole = await this.post(this.bodyOf({ limit: firstLimit, skip: 0 }, []));
			if (!isRefused(whole)) return { first: whole, refused: [] };
			for (const refused of omissions) {
				if (refused.includes('times') && this.report.timesShown) continue;
				const first = await this.post(this.bodyOf({ limit: firstLimit, skip: 0 }, refused));
				if (!isRefused(first)) return { first, refused, status: whole.status };
			}
			return { first: whole, refused: [] };
		});
	}

	/** Why this report can't be asked at all; undefined: it can. */
	async obstacle(): Promise<string | undefined> {
		const { first } = await this.acquaintance();
		return isPage(first) ? undefined : reasonOf(first);
	}

	/** Whether the report takes a part of a request. */
	async takes(part: Part): Promise<boolean> {
		return !(await this.acquaintance()).refused.includes(part);
	}

	/** The largest page of the range that the report grants. */
	async largestPage(): Promise<LargestPage> {
		return await this.once('largestPage', async () => {
			if (!(await this.takes('limit'))) return { answer: (await this.acquaintance()).first, limit: Infinity };
			let refused: { refusedLimit?: number; status?: number } = {};
			for (const limit of limits) {
				const answer = await this.ask({ limit, skip: 0 });
				if (!isRefused(answer)) return { answer, limit, ...refused };
				refused = { refusedLimit: limit, status: answer.status };
			}
			return { answer: (await this.acquaintance()).first, limit: firstLimit, ...refused };
		});
	}

	/** The rows of the largest page. */
	async rows(): Promise<Row[]> {
		return rowsOf((await this.largestPage()).answer);
	}

	/** A page of one row. */
	async onePage(): Promise<Answer> {
		return await this.once('onePage', async () => await this.ask({ limit: 1, skip: 0 }));
	}

	/** Five rows, five rows later, and what that says of `skip`. */
	async later(): Promise<Skipping | 'refused'> {
		return await this.once('later', async () => {
			if (!(await this.takes('skip'))) return 'refused';
			const limit = (await this.takes('limit')) ? 5 : undefined;
			const answer = await this.ask({ limit, skip: 5 });
			return isPage(answer) ? skippingOf(await this.rows(), rowsOf(answer), 5) : 'unclear';
		});
	}

	/** What comes after the rows of the largest page, or after those that its total announces; undefined: nothing can tell. */
	async beyond(): Promise<{ skip: number; answer: Answer } | undefined> {
		return await this.once('beyond', async () => {
			if ((await this.later()) !== 'honoured') return undefined;
			const { answer, limit } = await this.largestPage();
			const rows = rowsOf(answer).length;
			const total = totalOf(answer);
			const skip = rows >= limit && typeof total === 'number' && total > rows ? total : rows;
			if (rows === 0 || skip > deepestSkip) return undefined;
			return { skip, answer: await this.ask({ limit: 1, skip }) };
		});
	}

	/** Whether the largest page has all rows of the range; undefined: nobody can tell. */
	async isWhole(): Promise<boolean | undefined> {
		const { answer, limit } = await this.largestPage();
		const rows = rowsOf(answer).length;
		const beyond = await this.beyond();
		if (beyond !== undefined && isPage(beyond.answer) && beyond.skip === rows) return rowsOf(beyond.answer).length === 0;
		return rows > 0 && rows >= limit ? false : undefined;
	}

	/** An hour of the year 2001, in which nothing can be (U7, U17, U19). */
	async longAgo(): Promise<Answer> {
		return await this.once('longAgo', async () => await this.ask({ window: longAgo, limit: firstLimit, skip: 0 }));
	}

	/** Whether start_time and end_time have an effect; undefined: not to be seen. */
	async timesCount(): Promise<boolean | undefined> {
		if (!(await this.takes('times'))) return false;
		const answer = await this.longAgo();
		if (!isPage(answer)) return undefined;
		if (rowsOf(answer).length > 0) return false;
		return (await this.rows()).length > 0 ? true : undefined;
	}

	/** The range with a filter that matches no record; undefined: the page shows none for this report. */
	async filtered(which: 'shownFilter' | 'hiddenFilter'): Promise<Answer | undefined> {
		const filters = this.report[which];
		if (filters === undefined) return undefined;
		return await this.once(which, async () => await this.ask({ limit: firstLimit, skip: 0, filters }));
	}

	/** Whether a record comes for a window; undefined: there is no telling, for the page may have been too short. */
	async comes(row: Row, window: Window): Promise<boolean | undefined> {
		const { limit, answer: largest } = await this.largestPage();
		const answer = await this.ask({ window, limit: Number.isFinite(limit) ? limit : undefined, skip: 0 });
		if (!isPage(answer)) return undefined;
		const rows = rowsOf(answer);
		if (rows.some((one) => idOf(one) === idOf(row))) return true;
		return rows.length > 0 && rows.length >= Math.min(limit, rowsOf(largest).length) ? undefined : false;
	}

	/** Rows of the range that have started and ended, whole ones first. */
	async timedRows(): Promise<Array<{ row: Row; startMs: number; endMs: number }>> {
		return (await this.rows()).flatMap((row) => {
			const { startMs, endMs } = timesOf(row);
			return startMs === undefined || endMs === undefined || endMs < startMs ? [] : [{ row, startMs, endMs }];
		});
	}

	/** The shapes of all errors so far. */
	errorShapes(): string[] {
		return [...new Set(this.answers.filter(isError).map(answerShape))];
	}

	private bodyOf({ window = this.range, limit, skip, filters }: Ask, refused: readonly Part[]): object {
		const { times, name } = this.report;
		const text = (ms: number): string => timeText(ms + (times === 'local' ? this.shiftMs : 0), times, this.settings.timezone);
		const range = refused.includes('times') ? {} : { start_time: text(window.startMs), end_time: text(window.endMs) };
		const lists = name === 'productivity' ? { direction: [], team_name: [], channel: [], user_display_name: [] } : {};
		return {
			filters: { ...range, ...lists, ...filters },
			...(limit === undefined || refused.includes('limit') ? {} : { limit }),
			...(skip === undefined || refused.includes('skip') ? {} : { skip }),
		};
	}
}

/** Long enough for every login that may still be open: 16 hours. */
export function lastShift(nowMs: number): Window {
	return { startMs: nowMs - 16 * hourMs, endMs: nowMs };
}
