import { DateTime, IANAZone } from 'luxon';

import type { CalendarGroup } from '../reports';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The stretch of UTC for which an offset is kept. */
const spanMs = hourMs / 4;

const nameOf: { readonly [group in CalendarGroup]: (time: DateTime) => string } = {
	hour: (time) => String(time.startOf('hour').toISO()),
	day: (time) => time.toFormat('yyyy-MM-dd'),
	week: (time) => time.toFormat("kkkk-'W'WW"),
	month: (time) => time.toFormat('yyyy-MM'),
};

/** The day of an instant in a zone, as '2026-03-29'. */
export function dayOf(instant: number, timezone: string): string {
	return DateTime.fromMillis(instant, { zone: timezone }).toFormat('yyyy-MM-dd');
}

/** An instant (ms since 1970) as ISO 8601 with the zone's offset, which is `Z` in UTC. */
export function isoText(instant: number, timezone: string): string {
	return String(DateTime.fromMillis(instant, { zone: timezone }).toISO());
}

/** @throws Error when the zone is no IANA zone */
export function assertTimezone(timezone: string): void {
	if (!IANAZone.isValidZone(timezone)) throw new Error(`expected an IANA time zone such as Europe/Berlin, got '${timezone}'`);
}

/**
 * Names the calendar period of the zone in which an instant (ms since 1970) lies: an hour by its first instant
 * (`2026-03-29T01:00:00.000+01:00`; an hour that the end of summer time repeats comes twice, with two offsets), a day
 * `2026-03-29`, an ISO week `2026-W13`, a month `2026-03`.
 *
 * luxon names each hour or day once, not each instant: a million records must not need a million zone look-ups.
 */
export function createPeriodName(group: CalendarGroup, timezone: string): (instant: number) => string {
	const offsetMs = createOffsets(timezone);
	const namesByOffset = new Map<number, Map<number, string>>();
	const unitMs = group === 'hour' ? hourMs : dayMs;
	return (instant) => {
		const offset = offsetMs(instant);
		const unit = Math.floor((instant + offset) / unitMs);
		let names = namesByOffset.get(offset);
		if (names === undefined) namesByOffset.set(offset, (names = new Map()));
		let name = names.get(unit);
		if (name === undefined) names.set(unit, (name = nameOf[group](DateTime.fromMillis(instant, { zone: timezone }))));
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
