import { DateTime, IANAZone } from 'luxon';

import { offsetText, type CalendarGroup } from '../reports';
import { offsetInstantIn } from './instants';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The stretch of UTC for which an offset is kept. */
const spanMs = hourMs / 4;

const nameOf: { readonly [group in CalendarGroup]: (time: DateTime) => string | number } = {
	hour: (time) => String(time.startOf('hour').toISO()),
	day: (time) => time.toFormat('yyyy-MM-dd'),
	week: (time) => time.toFormat("kkkk-'W'WW"),
	month: (time) => time.toFormat('yyyy-MM'),
	hourOfDay: (time) => time.hour,
	weekday: (time) => time.weekday,
};

/** The day of an instant in a zone, as '2026-03-29'. */
export function dayOf(instant: number, timezone: string): string {
	return DateTime.fromMillis(instant, { zone: timezone }).toFormat('yyyy-MM-dd');
}

/** An instant (ms since 1970) as ISO 8601 with the zone's offset, which is `Z` in UTC. */
export function isoText(instant: number, timezone: string): string {
	return String(DateTime.fromMillis(instant, { zone: timezone }).toISO());
}

/**
 * Tells times in a zone: ISO 8601 text becomes text of the same instant with the zone's offset (`Z` in UTC); anything else stays as it is. A million
 * records must not need a million zone look-ups.
 */
export function createIsoText(timezone: string): (value: unknown) => unknown {
	const offsetMs = createOffsets(timezone);
	return (value) => {
		const instant = offsetInstantIn(value);
		if (instant === null) return value;
		const offset = offsetMs(instant);
		// Local time before there were time zones is off by seconds, which an offset can't say.
		if (timezone === 'UTC' || offset % minuteMs !== 0) return new Date(instant).toISOString();
		return new Date(instant + offset).toISOString().slice(0, -1) + offsetText(offset);
	};
}

/** @throws Error when the zone is no IANA zone */
export function assertTimezone(timezone: string): void {
	if (!IANAZone.isValidZone(timezone)) throw new Error(`expected an IANA time zone such as Europe/Berlin, got '${timezone}'`);
}

/**
 * Names the calendar period of the zone in which an instant (ms since 1970) lies: an hour by its first instant
 * (`2026-03-29T01:00:00.000+01:00`; an hour that the end of summer time repeats comes twice, with two offsets), a day
 * `2026-03-29`, an ISO week `2026-W13`, a month `2026-03`, an hour of any day 0 to 23, a day of any week 1
 * (Monday) to 7.
 *
 * luxon names each hour or day once, not each instant: a million records must not need a million zone look-ups.
 */
export function createPeriodName(group: CalendarGroup, timezone: string): (instant: number) => string | number {
	const offsetMs = createOffsets(timezone);
	const namesByOffset = new Map<number, Map<number, string | number>>();
	const unitMs = group === 'hour' || group === 'hourOfDay' ? hourMs : dayMs;
	const nameAt = (instant: number): string | number => {
		const offset = offsetMs(instant);
		const unit = Math.floor((instant + offset) / unitMs);
		let names = namesByOffset.get(offset);
		if (names === undefined) namesByOffset.set(offset, (names = new Map()));
		let name = names.get(unit);
		if (name === undefined) names.set(unit, (name = nameOf[group](DateTime.fromMillis(instant, { zone: timezone }))));
		return name;
	};
	// Records follow one another: mostly the next one lies in the same quarter of an hour, and so in the same hour, where that has one offset.
	let last = { span: NaN, name: '' as string | number };
	return (instant) => {
		const span = Math.floor(instant / spanMs);
		if (span === last.span) return last.name;
		const name = nameAt(instant);
		const [first, end] = [span * spanMs, (span + 1) * spanMs - 1];
		last = nameAt(first) === name && nameAt(end) === name ? { span, name } : { span: NaN, name: '' };
		return name;
	};
}

/**
 * The zone's offset at an instant, in ms. It is kept for each quarter hour of UTC that has the same at both ends: nowhere did
 * clocks ever change twice within three days (tz database 2025b). Elsewhere it is asked for, because clocks have changed at odd
 * minutes (00:01 in Newfoundland until 2011).
 */
function createOffsets(timezone: string): (instant: number) => number {
	const zone = IANAZone.create(timezone);
	const offsetMs = (instant: number): number => Math.round(zone.offset(instant) * 60_000);
	const kept = new Map<number, number | null>();
	return (instant) => {
		const span = Math.floor(instant / spanMs);
		let offset = kept.get(span);
		if (offset === undefined) {
			offset = offsetMs(span * spanMs);
			if (offset !== offsetMs((span + 1) * spanMs - 1)) offset = null;
			kept.set(span, offset);
		}
		return offset ?? offsetMs(instant);
	};
}
