/** What a clock on the wall of a zone shows, told by Intl: independent of the library that the code under test uses. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD HH:mm:ss` at an instant (ms since 1970) in an IANA zone. */
export function wallText(instant: number, zone: string): string {
	let format = formats.get(zone);
	if (!format) {
		const digits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
		format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', ...digits, hourCycle: 'h23' });
		formats.set(zone, format);
	}
	const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
	return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

const quarterMs = 15 * 60_000;
const widestOffset = 15 * 4;

/** Every instant at which the clock shows the text: two where clocks are set back, none where they are set forward. */
export function instantsOf(text: string, zone: string): number[] {
	const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
	const instants: number[] = [];
	for (let quarters = -widestOffset; quarters <= widestOffset; quarters += 1) {
		const instant = asUtc - quarters * quarterMs;
		if (wallText(instant, zone) === text) instants.push(instant);
	}
	return instants.sort((a, b) => a - b);
}

/** The text a calendar month later; the last day of a shorter month where it lacks the day. */
export function monthLater(text: string): string {
	const [year, month, day] = text.slice(0, 10).split('-').map(Number);
	const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	const later = new Date(Date.UTC(year, month, Math.min(day, lastDay)));
	return later.toISOString().slice(0, 10) + text.slice(10);
}
