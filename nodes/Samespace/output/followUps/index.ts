import { idOf, isAnswered, isInbound, isPhoneNumber, phoneKeyOf, type ReportRecord } from '../../reports';
import { createIsoText } from '../calendar';
import { offsetInstantIn } from '../instants';
import type { OutputPlan, Row, Shape } from '../plan';
import { missedBy } from '../summary';
import { columns, Waiting } from './waiting';

/** What has fewer digits is an extension. */
const leastDigits = 7;

/** The numbers to call back, as calls come in the order of their times. */
export interface FollowUps {
	take(record: ReportRecord): void;
	/** How many numbers wait, and a row for each, the most urgent first: who tried most often, and of these who was missed first. Once; a row is made when it is taken. */
	owed(): { numbers: number; rows: Iterable<Row> };
	/** Missed calls of callers whom nobody can call back. */
	readonly unreachable: number;
}

type FollowUpPlan = Pick<OutputPlan, 'report' | 'thresholds' | 'timezone' | 'range' | 'isWanted' | 'followUpsUntil'>;

/**
 * Numbers whose inbound calls nobody answered, and with which no answered call, either way, came later. Memory grows with the
 * numbers that still wait, not with calls: an answered call removes its number.
 */
export function gatherFollowUps({ report, thresholds, timezone, range, isWanted, followUpsUntil }: FollowUpPlan): FollowUps {
	const waiting = new Waiting();
	const answers = createAnswers();
	const { isAbandoned, waited } = missedBy(thresholds);
	const isoText = createIsoText(timezone);
	let unreachable = 0;

	function miss(record: ReportRecord, start: number): void {
		const key = keyOf(record.caller);
		if (key === null) unreachable += 1;
		else if (!answers.isAfter(key, start)) waiting.miss(key, record, { start, wait: waited(record) ?? 0, id: idOf(record, report) });
	}

	function settle(number: unknown, call: Answered): void {
		const key = keyOf(number);
		if (key === null) return;
		waiting.answer(key, latest(call.start, call.answer));
		answers.add(key, call);
	}

	return {
		take(record) {
			const start = offsetInstantIn(record.start_time);
			if (isAnswered(record)) {
				const { direction, caller, callee } = record;
				const call = { start, answer: offsetInstantIn(record.answer_time) };
				// Of a call that is neither inbound nor outbound, either number may be the customer's.
				if (direction !== 'out') settle(caller, call);
				if (!isInbound(record)) settle(callee, call);
			} else if (start !== null && start <= range.end && isAbandoned(record) && isWanted(record)) miss(record, start);
		},
		owed: () => waiting.owed(followUpsUntil, (instant) => isoText(new Date(instant).toISOString())),
		get unreachable() {
			return unreachable;
		},
	};
}

/**
 * The latest answer of each number. Calls are listed by their start, so one that was answered late comes before another that was missed while it rang. An answer is forgotten once
 * calls start after it.
 */
function createAnswers(): { add(key: number, call: Answered): void; isAfter(key: number, instant: number): boolean } {
	const answers = new Map<number, number>();
	let most = 1000;
	return {
		add(key, { start, answer }) {
			if (start === null || answer === null || answer <= start) return;
			answers.set(key, Math.max(answer, answers.get(key) ?? -Infinity));
			if (answers.size < most) return;
			for (const [other, at] of answers) if (at <= start) answers.delete(other);
			most = Math.max(most, 2 * answers.size);
		},
		isAfter: (key, instant) => (answers.get(key) ?? -Infinity) > instant,
	};
}

/** When a call began, and when it was answered, in ms since 1970. */
interface Answered {
	start: number | null;
	answer: number | null;
}

function latest(one: number | null, other: number | null): number | null {
	return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Identifies a callable number, as an integer: it takes less memory than text. Null for an extension, a name or nothing. */
function keyOf(value: unknown): number | null {
	const key = phoneKeyOf(value);
	// The digit in front keeps leading zeros apart.
	return key !== null && key.length >= leastDigits && isPhoneNumber(value) ? Number(`1${key}`) : null;
}

/** The follow-ups as an output. */
export function createFollowUps(plan: OutputPlan): Shape {
	const followUps = gatherFollowUps(plan);
	return {
		columns,
		take(rows) {
			for (const row of rows) followUps.take(row);
			return [];
		},
		finish: () => followUps.owed().rows,
		notes() {
			const { unreachable } = followUps;
			if (unreachable === 0) return [];
			return [unreachable === 1 ? "1 missed call came from a withheld or internal number. It can't be called back, so it isn't listed." : `${unreachable.toLocaleString('en')} missed calls came from withheld or internal numbers. They can't be called back, so they aren't listed.`];
		},
	};
}
