import { offsetText } from '../reports';
import type { Failure } from './failure';
import { overlapOf } from './overlap';
import { askPage, mostPagesPerSlice, type PageAsker, type Tools } from './pages/readPages';
import { Tally, slackMs, type Step } from './pages/tally';
import type { Range } from './query';
import { sentWindow } from './windows';

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
/** Zones lie 26 hours apart at most. */
const mostShiftMs = 26 * 60 * minuteMs;

/**
 * Rows came that lie outside of what was asked for. Where all of them would lie inside if the cluster's clock went so many quarters of an hour
 * otherwise (U21), and a row is not listed when its own time is asked for, the zone that was entered is not the cluster's: then the offset is
 * narrowed down by asking for that row, until it comes. Else null; where the row was listed under its own time, it is known that the zone holds.
 */
export async function zoneFailure(asker: PageAsker, { firstOutOfRange, earliest, latest }: Tally, sent: Range, tools: Tools): Promise<Failure | null> {
	if (firstOutOfRange === null) return null;
	const { query, behavior } = tools;
	// Rows lie as much later than asked as the cluster's clock is behind the zone.
	let least = Math.max(-mostShiftMs, Math.ceil((latest - sent.end - slackMs) / quarterMs) * quarterMs);
	let most = Math.min(mostShiftMs, Math.floor((earliest - sent.start + slackMs) / quarterMs) * quarterMs);
	/** Null where that doesn't show: there are too many rows, or they come in another order each time. */
	const isListed = async (range: Range): Promise<boolean | null> => {
		const asked = sentWindow(range, query);
		const tally = new Tally(query.report, asked, behavior);
		let step: Step = { skip: 0, limit: query.pageSize };
		while (typeof step !== 'string' && tally.pages < mostPagesPerSlice) {
			const page = await askPage(asker, asked, step, tools);
			if (!page.ok) return null;
			tally.take(page.value, step.skip);
			if (tally.rows.some(({ key }) => key === firstOutOfRange.key)) return true;
			step = tally.next(query.pageSize);
		}
		return step === 'end' && tally.addsUp ? false : null;
	};
	const isThere = least > most ? true : await isListed({ start: firstOutOfRange.time, end: firstOutOfRange.time });
	if (isThere) behavior.zoneThatHolds = query.clusterZone;
	if (isThere !== false) return null;
	while (least < most) {
		const middle = Math.floor((least + most) / 2 / quarterMs) * quarterMs;
		// With a shift up to the middle, the row lies in this range as the cluster understands it.
		if (await isListed({ start: firstOutOfRange.time - middle, end: firstOutOfRange.time - least })) most = middle;
		else least = middle + quarterMs;
	}
	// A row that was taken away meanwhile is not listed anywhere. Where only whole records count (U20), it must end in the range, too.
	if (!(await isListed({ start: firstOutOfRange.time - most, end: firstOutOfRange.time - most + overlapOf(behavior) }))) return null;
	return { kind: 'zone', detail: offsetText(-most), zone: query.clusterZone };
}
