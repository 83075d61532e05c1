// Loaded before a program: its clock is ahead by as many milliseconds as a file says.
const { readFileSync } = require('node:fs');

const aheadMs = Number(readFileSync(process.env.CLOCK_AHEAD_FILE, 'utf8'));
const RealDate = Date;
const realNow = RealDate.now;
const now = () => realNow() + aheadMs;

if (aheadMs !== 0) {
	RealDate.now = now;
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, values, newTarget) => Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
		apply: () => new RealDate(now()).toString(),
	});
}
