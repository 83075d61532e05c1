import { ConcurrencyLimiter, failed, success, type Outcome } from '../../../../nodes/Samespace/reading';
import type { Page } from '../../../../nodes/Samespace/reading/pages/page';
import { Schedule, type Asker } from '../../../../nodes/Samespace/reading/pages/schedule';

const page: Page = { rows: [], total: 0, bare: false, asked: 1 };
const never = (): boolean => false;

/** Askers whose requests are answered by hand, in the order in which they were sent. */
class Office {
	readonly sent: string[] = [];

	private readonly answers: Array<(outcome: Outcome<Page>) => void> = [];

	readonly schedule: Schedule;

	constructor(slots: number, room: number, letIn: () => boolean = never) {
		this.schedule = new Schedule(new ConcurrencyLimiter(slots), room, letIn);
	}

	asker(place: number): Asker {
		return { place, pages: 0 };
	}

	async ask(asker: Asker, name = `${asker.place}`, mayFail: (failure: { kind: string }) => boolean = never): Promise<Outcome<Page>> {
		const send = async (): Promise<Outcome<Page>> => {
			this.sent.push(name);
			return await new Promise((answer) => this.answers.push(answer));
		};
		return await this.schedule.ask(asker, send, mayFail);
	}

	async answer(outcome: Outcome<Page> = success(page)): Promise<void> {
		this.answers.shift()?.(outcome);
		for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
	}
}

it('what is wanted first is sent first, as soon as a slot is free', async () => {
	const office = new Office(1, 10);
	for (const place of [2, 3, 1]) void office.ask(office.asker(place));
	expect(office.sent).toEqual(['2']);
	await office.answer();
	await office.answer();
	expect(office.sent).toEqual(['2', '1', '3']);
});

it('the head never waits for other slices, whose number of pages is limited', async () => {
	const office = new Office(10, 2);
	const [head, other] = [office.asker(1), office.asker(2)];
	office.schedule.lead(head);
	for (let n = 0; n < 4; n += 1) void office.ask(other, `other ${n}`);
	for (let n = 0; n < 4; n += 1) void office.ask(head, `head ${n}`);
	expect(office.sent.filter((name) => name.startsWith('other'))).toHaveLength(2);
	expect(office.sent.filter((name) => name.startsWith('head'))).toHaveLength(4);
	office.schedule.lead(other);
	expect(office.sent.filter((name) => name.startsWith('other'))).toHaveLength(4);
});

it('another slice is opened while there is room and no request is queued', () => {
	let left = 9;
	const office: Office = new Office(3, 5, () => {
		if (left === 0) return false;
		left -= 1;
		void office.ask(office.asker(10 - left));
		return true;
	});
	office.schedule.lead(office.asker(0));
	expect(office.sent).toHaveLength(3);
	// One waits for the next slot.
	expect(left).toBe(5);
});

it('after a failure nothing is sent any more, and it is everyone’s', async () => {
	const office = new Office(1, 10);
	const outcomes = [office.ask(office.asker(1)), office.ask(office.asker(2))];
	await office.answer(failed({ kind: 'network' }));
	expect(office.sent).toEqual(['1']);
	expect(office.schedule.ended.aborted).toBe(true);
	for (const outcome of await Promise.all([...outcomes, office.ask(office.asker(3))])) expect(outcome).toEqual(failed({ kind: 'network' }));
});

it('a failure that mayFail accepts is returned only to its asker', async () => {
	const office = new Office(1, 10);
	const outcome = office.ask(office.asker(1), 'may fail', () => true);
	void office.ask(office.asker(2));
	await office.answer(failed({ kind: 'timeout' }));
	expect(await outcome).toEqual(failed({ kind: 'timeout' }));
	expect(office.sent).toEqual(['may fail', '2']);
});

it('what is dropped is not sent', async () => {
	const office = new Office(1, 10);
	const dropped = office.asker(2);
	void office.ask(office.asker(1));
	const outcome = office.ask(dropped);
	void office.ask(office.asker(3));
	office.schedule.drop(dropped);
	expect(await outcome).toEqual(failed({ kind: 'stopped' }));
	await office.answer();
	expect(office.sent).toEqual(['1', '3']);
});

it('untilHead resolves once the asker is the head, or on stop', async () => {
	const office = new Office(1, 10);
	const [first, second] = [office.asker(1), office.asker(2)];
	const told: string[] = [];
	void office.schedule.untilHead(first).then(() => told.push('first'));
	void office.schedule.untilHead(second).then(() => told.push('second'));
	office.schedule.lead(first);
	await office.answer();
	expect(told).toEqual(['first']);
	office.schedule.stop();
	await office.answer();
	expect(told).toEqual(['first', 'second']);
});
