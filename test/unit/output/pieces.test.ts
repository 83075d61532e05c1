import { createOutput, type OutputPlan } from '../../../nodes/Samespace/output';
import { productivity, type ReportRecord } from '../../../nodes/Samespace/reports';
import { call } from './someCalls';
import { planOf, vendorPeriod, vendorProductivity } from './vendor';

const missedCalls = Array.from({ length: 1300 }, (_, at) => call({ _id: `call-${at}`, direction: 'in', answer_time: null, end_time: '2026-03-02T10:01:00.000Z', caller: `+4930${1_000_000 + at}`, user_display_name: `Agent ${at}` }));
const agents = Array.from({ length: 1300 }, (_, at) => ({ ...vendorProductivity, [productivity.id]: `agent-${at}` }));

const plans: Array<[string, Partial<OutputPlan>, ReportRecord[]]> = [
	['a summary', { output: 'summary', groupBy: ['agent'], metrics: ['calls'] }, missedCalls],
	['follow-ups', { output: 'followUps' }, missedCalls],
	['merged totals', { report: productivity, mergePeriods: true }, agents],
	['totals of a period', { report: productivity, mergePeriods: false }, agents],
];

it.each(plans)('%s of 1,300 rows comes in pieces, none of which takes long', async (_, plan, records) => {
	const output = createOutput(planOf(plan), async () => undefined);
	expect(await output.take(records, vendorPeriod)).toEqual([]);
	const sizes: number[] = [];
	for (const made of output.finish()) sizes.push((await made).length);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1300);
	expect(Math.max(...sizes)).toBe(500);
});
