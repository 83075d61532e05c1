/* eslint-disable */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 50) };
});
import { busyCentre } from '../support/busyCentre.ts';
import { play } from '../support/playing.ts';
import { plays } from '../support/unknowns.ts';
it('x', async () => {
	const centre = await busyCentre();
	const wanted = (process.env.SCENE ?? '').split('|');
	const [names, report, ask, conc] = wanted;
	const chosen = names.split('+').map((n) => plays.find((p) => `${p.unknown} ${p.name}` === n)!);
	(globalThis as any).LOGREQ = [];
	const v = await play({ plays: chosen, report: report as any, ask: ask as any, concurrency: Number(conc) }, centre);
	console.log(JSON.stringify({ ...v, missing: v.missing.length, firstMissing: v.missing.slice(0,5) }));
	console.log((globalThis as any).LOGREQ.slice(0, 80).join('\n'));
}, 120000);
