import { allPromises } from './node';

/** The true time of a simulation, in ms since 1970. It stands still while there is anything left to do at an instant. */
export class Clock {
	private readonly waiting: Array<{ at: number; resume: () => void }> = [];

	constructor(public now: number) {}

	async until(at: number): Promise<void> {
		if (at <= this.now) return;
		await new Promise<void>((resume) => {
			const before = this.waiting.findIndex((other) => other.at > at);
			this.waiting.splice(before < 0 ? this.waiting.length : before, 0, { at, resume });
		});
	}

	/** Lets time pass until nobody waits any more. */
	async run(): Promise<void> {
		await allPromises();
		for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
			this.now = next.at;
			next.resume();
			await allPromises();
		}
	}
}
