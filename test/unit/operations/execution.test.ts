import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { beginExecution, ioOf } from '../../../nodes/Samespace/operations/execution';
import { calls, sessions } from '../../../nodes/Samespace/reports';

const hourMs = 3_600_000;
const cluster = { origin: 'https://execution-test.samespace.com', apiKey: 'k', zone: 'UTC', credential: {} };
const context = { getNodeParameter: () => ({}) } as unknown as ILoadOptionsFunctions;

afterEach(() => jest.useRealTimers());

/** What a reading that begins now knows of the cluster, as it knows it at each moment. */
function beginReading(): (report: typeof calls | typeof sessions) => object {
	return ioOf(context, cluster, { timeoutMs: 1000, execution: beginExecution(context) }).behaviorOf;
}

it('a reading of hours keeps what it has learned of the cluster, whatever begins meanwhile', () => {
	jest.useFakeTimers({ now: 0 });
	const long = beginReading();
	const learned = long(calls);
	jest.setSystemTime(hourMs + 1);
	const later = beginReading()(calls);
	expect(later).not.toBe(learned);
	expect(long(calls)).toBe(learned);
	expect(beginReading()(calls)).toBe(later);
	expect(long(sessions)).not.toBe(learned);
});
