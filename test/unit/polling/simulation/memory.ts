import type { PollEvent } from '../../../../nodes/Samespace/polling';
import type { ReportRecord } from '../../../../nodes/Samespace/reports';

/** The event, quicker: its figures of a record are worked out once. */
export function withMemory(event: PollEvent): PollEvent {
	const remembered = <Value>(figure: (record: ReportRecord) => Value): ((record: ReportRecord) => Value) => {
		const known = new WeakMap<ReportRecord, { value: Value }>();
		return (record) => {
			const found = known.get(record) ?? { value: figure(record) };
			known.set(record, found);
			return found.value;
		};
	};
	const { keyOf, timeOf, changedAt } = event;
	return { ...event, keyOf: remembered(keyOf), timeOf: remembered(timeOf), changedAt: remembered(changedAt) };
}
