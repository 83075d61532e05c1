/* eslint-disable @n8n/community-nodes/no-restricted-globals -- watches whether others get their turn */
import { eachInTurn, inTurn } from '../../../nodes/Samespace/transport/turn';

function busyFor(ms: number): void {
	for (const end = performance.now() + ms; performance.now() < end; );
}

it('pieces of work come one after another, and a timer gets its turn between them', async () => {
	const order: string[] = [];
	const timer = setInterval(() => order.push('timer'), 1);
	const all = [1, 2, 3, 4, 5].map(async (n) => await inTurn(() => (busyFor(20), order.push(String(n)), n)));
	expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
	clearInterval(timer);
	expect(order.filter((what) => what !== 'timer')).toEqual(['1', '2', '3', '4', '5']);
	for (const n of ['2', '3', '4', '5']) expect(order[order.indexOf(n) - 1]).toBe('timer');
});

it('what one piece throws reaches whoever asked for it, and nobody else', async () => {
	const failing = inTurn(() => {
		throw new RangeError('this one');
	});
	const next = inTurn(() => 'next');
	await expect(failing).rejects.toThrow('this one');
	expect(await next).toBe('next');
});

it('work of many bits is done bit by bit: each is handed over before the next begins, and a timer gets its turn', async () => {
	const order: string[] = [];
	const timer = setInterval(() => order.push('timer'), 1);
	const work = function* (): Generator<string | Promise<string>> {
		for (const bit of ['a', 'b', 'c']) {
			busyFor(20);
			order.push(`begun ${bit}`);
			yield bit === 'b' ? Promise.resolve(bit) : bit;
		}
	};
	await eachInTurn(work(), (bit) => order.push(`used ${bit}`));
	clearInterval(timer);
	expect(order.filter((what) => what !== 'timer')).toEqual(['a', 'b', 'c'].flatMap((bit) => [`begun ${bit}`, `used ${bit}`]));
	for (const bit of ['b', 'c']) expect(order[order.indexOf(`begun ${bit}`) - 1]).toBe('timer');
});
