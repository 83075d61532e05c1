/** A record as it was sent. */
export type Row = { [field: string]: unknown };

const quarterMs = 900_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** The instant of ISO 8601 text with an offset, in ms since 1970; NaN for anything else. */
export function instantOf(value: unknown): number {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\S*(?:Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
}

/** A number, or text that is a plain decimal number; NaN for anything else. */
export function numberOf(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/.test(value) ? Number(value) : NaN;
}

const lengths = new Set(['duration', 'hold_duration', 'conference_duration', 'session_duration', 'acw_duration', 'away_time', 'acd', 'acw', 'asa', 'avg_hold_time', 'avg_ring_duration']);

/** The number in a field; of what lasted, the seconds, also where they are written as on a clock. */
export function numberIn(row: Row, field: string): number {
	const text = String(row[field]).trim();
	const [hours, minutes, seconds] = lengths.has(field) && /^\d+:[0-5]\d:[0-5]\d$/.test(text) ? text.split(':').map(Number) : [];
	return seconds === undefined ? numberOf(row[field]) : (hours * 60 + minutes) * 60 + seconds;
}

export function isBlank(value: unknown): boolean {
	return value === null || value === undefined || String(value).trim() === '';
}

export function isKnown(value: number): boolean {
	return !Number.isNaN(value);
}

/** What tells one caller from another; null for nobody. */
export function phoneKey(value: unknown): string | null {
	if (isBlank(value)) return null;
	const [local] = String(value).split('@');
	const digits = [...local].filter((character) => character >= '0' && character <= '9').join('');
	return digits === '' ? local.trim().toLowerCase() || null : digits.slice(-9);
}

/** The key of a caller that can be told by digits, else null. */
export function digitsKey(value: unknown): string | null {
	const key = phoneKey(value);
	return key !== null && /^\d+$/.test(key) ? key : null;
}

export function tagsOf({ conversation_tags: tags }: Row): string[] {
	const listed = Array.isArray(tags) ? (tags as unknown[]) : typeof tags === 'string' ? tags.split(',') : [];
	return [...new Set(listed.filter((tag) => !isBlank(tag)).map((tag) => String(tag).trim()))];
}

export interface Answer {
	question_number: number | null;
	question: string | null;
	isGiven: boolean;
	rating: number;
}

export function answersOf({ csat }: Row): Answer[] {
	return (Array.isArray(csat) ? (csat as Row[]) : []).map(({ question, answer }) => {
		const [, digits = null, text = question ?? null] = /^SURVEY_ANSWER_(\d+):(.*)$/s.exec(String(question)) ?? [];
		return { question_number: digits === null ? null : Number(digits), question: text as string | null, isGiven: !isBlank(answer), rating: numberOf(answer) };
	});
}

export const total = (values: readonly number[]): number => values.filter(isKnown).reduce((sum, value) => sum + value, 0);

export const sumOf = (records: readonly Row[], field: string): number => total(records.map((record) => numberIn(record, field)));

/** Two decimals. Just between two of them, what is added first decides the last bit, so either is right; tests of rounding have figures of their own. */
export function rounded(value: number): unknown {
	const [low, high] = [Math.floor(value * 100) / 100, Math.ceil(value * 100) / 100];
	if (Math.abs(value * 100 - Math.floor(value * 100) - 0.5) > 1e-6) return Math.round(value * 100) / 100;
	return { between: [low, high], asymmetricMatch: (other: unknown) => other === low || other === high };
}

export const ratio = (above: number, below: number): unknown => (below > 0 ? rounded(above / below) : null);

export const percent = (above: number, below: number): unknown => ratio(above * 100, below);

export function tally(texts: readonly unknown[]): Row {
	const counted = new Map<string, number>();
	for (const text of texts) if (!isBlank(text)) counted.set(String(text), (counted.get(String(text)) ?? 0) + 1);
	return Object.fromEntries(counted);
}

export const distinct = (values: readonly unknown[]): string[] => [...new Set(values.filter((value) => !isBlank(value)).map(String))];

export const isAnswered = (call: Row): boolean => !isBlank(call.answer_time);

/** From a call's start to one of its times, in ms, never below 0; NaN where nobody knows. */
export const msUntil = (call: Row, field: 'answer_time' | 'end_time'): number => Math.max(0, instantOf(call[field]) - instantOf(call.start_time));

/** Average and maximum are exact, percentiles in whole seconds. */
export function timeFigures(name: string, known: readonly number[]): Row {
	const seconds = known.map((ms) => Math.floor((ms + 500) / 1000)).sort((one, other) => one - other);
	const reached = (tenths: number): number | null => seconds.find((_, at) => (at + 1) * 10 >= tenths * seconds.length) ?? null;
	return {
		[`${name}_average`]: ratio(total(known), known.length * 1000),
		[`${name}_median`]: reached(5),
		[`${name}_p90`]: reached(9),
		[`${name}_max`]: known.length === 0 ? null : rounded(Math.max(...known) / 1000),
	};
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** How far a zone's clocks are ahead of UTC, in ms. No clock changes within a quarter of an hour. */
function offsetOf(ms: number, zone: string): number {
	const from = Math.floor(ms / quarterMs) * quarterMs;
	const key = `${zone} ${from}`;
	let offset = offsets.get(key);
	if (offset === undefined) {
		const whole = 'numeric';
		const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: whole, month: whole, day: whole, hour: whole, minute: whole });
		formats.set(zone, format);
		const shown = Object.fromEntries(format.formatToParts(from).map(({ type, value }) => [type, Number(value)]));
		offset = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) - from;
		offsets.set(key, offset);
	}
	return offset;
}

/** An instant as ISO 8601 text with ms and the zone's offset. */
export function isoIn(ms: number, zone: string): string {
	const offset = offsetOf(ms, zone);
	const text = new Date(ms + offset).toISOString();
	if (zone === 'UTC') return text;
	const [hours, minutes] = [Math.floor(Math.abs(offset) / hourMs), (Math.abs(offset) / 60_000) % 60];
	return text.replace('Z', `${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`);
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Days since 1970-01-01, a Thursday, by the zone's clocks. */
const dayOf = (ms: number, zone: string): number => Math.floor((ms + offsetOf(ms, zone)) / dayMs);

const dateText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

const weekdayOf = (day: number): number => ((day + 3) % 7) + 1;

/** The ISO week of a day: that of its Thursday. */
function weekText(day: number): string {
	const thursday = day - weekdayOf(day) + 4;
	const year = dateText(thursday).slice(0, 4);
	const newYear = Date.parse(`${year}-01-01T00:00:00Z`) / dayMs;
	return `${year}-W${twoDigits(Math.floor((thursday - newYear) / 7) + 1)}`;
}

const calendar: { [group: string]: (ms: number, zone: string) => string | number } = {
	hour: (ms, zone) => isoIn(ms - ((ms + offsetOf(ms, zone)) % hourMs), zone),
	day: (ms, zone) => dateText(dayOf(ms, zone)),
	week: (ms, zone) => weekText(dayOf(ms, zone)),
	month: (ms, zone) => dateText(dayOf(ms, zone)).slice(0, 7),
	hourOfDay: (ms, zone) => Math.floor((ms + offsetOf(ms, zone)) / hourMs) % 24,
	weekday: (ms, zone) => weekdayOf(dayOf(ms, zone)),
};

export function holdsTime(groupBy: readonly string[]): boolean {
	return groupBy.some((group) => group in calendar);
}

const fields: { [group: string]: string[] } = {
	agent: ['user_display_name', 'user'],
	team: ['team_name'],
	channel: ['channel'],
	direction: ['direction'],
	status: ['status'],
};

/** Something to be grouped: by its record, and by when it lies in time (NaN: nobody knows). */
export interface Placed<T> {
	member: T;
	record: Row;
	at: number;
}

function valuesOf(group: string, { record, at }: Placed<unknown>, zone: string): unknown[] {
	if (group in calendar) return [isKnown(at) ? calendar[group](at, zone) : null];
	if (group === 'tag') return tagsOf(record).length > 0 ? tagsOf(record) : [null];
	const field = fields[group].find((name) => name in record);
	return [field === undefined || isBlank(record[field]) ? null : String(record[field])];
}

/** One item for each combination of groups, sorted by groups, with the figures of its members. */
export function itemsOf<T>(placed: ReadonlyArray<Placed<T>>, { groupBy, zone }: { groupBy: readonly string[]; zone: string }, figures: (members: T[]) => Row): Row[] {
	const groups = new Map<string, { values: unknown[]; members: T[] }>();
	if (groupBy.length === 0) groups.set('[]', { values: [], members: [] });
	for (const one of placed) {
		let combinations: unknown[][] = [[]];
		for (const group of groupBy) combinations = combinations.flatMap((before) => valuesOf(group, one, zone).map((value) => [...before, value]));
		for (const values of combinations) {
			const key = JSON.stringify(values);
			const group = groups.get(key) ?? { values, members: [] };
			groups.set(key, group);
			group.members.push(one.member);
		}
	}
	const sorted = [...groups.values()].sort((one, other) => groupBy.reduce((order, group, at) => order || compared(one.values[at], other.values[at], group), 0));
	return sorted.map(({ values, members }) => ({ ...Object.fromEntries(groupBy.map((group, at) => [group, values[at]])), ...figures(members) }));
}

/** Nobody comes last. The repeated hour comes second, though its text would come first. */
function compared(one: unknown, other: unknown, group: string): number {
	if (one === other) return 0;
	if (one === null || other === null) return one === null ? 1 : -1;
	const [left, right] = group === 'hour' ? [Date.parse(String(one)), Date.parse(String(other))] : [one as string, other as string];
	return left < right ? -1 : 1;
}

/** A range cut where the hour, day, week or month changes. */
export function periodsIn({ start, end }: { start: string; end: string }, unit: string | null, zone: string): Array<{ start: number; end: number }> {
	const periods: Array<{ start: number; end: number }> = [];
	let name: unknown;
	for (let at = Date.parse(start); at < Date.parse(end); at += quarterMs) {
		const next = unit === null ? 'whole' : calendar[unit](at, zone);
		if (next !== name) periods.push({ start: at, end: at });
		name = next;
		periods[periods.length - 1].end = Math.min(at + quarterMs, Date.parse(end));
	}
	return periods;
}

/** A span cut at every quarter of an hour: no group of time begins or ends between two cuts. */
export function cutByQuarters(from: number, to: number): Array<{ from: number; to: number }> {
	const cuts: Array<{ from: number; to: number }> = [];
	for (let at = from; at < to; ) {
		const next = Math.min(to, (Math.floor(at / quarterMs) + 1) * quarterMs);
		cuts.push({ from: at, to: next });
		at = next;
	}
	return cuts;
}
