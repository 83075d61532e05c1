import type { ReportRecord } from '../../../nodes/Samespace/reports';
import { vendorCall } from './vendor';

/** The vendor's call in 2026, without a score and a recording, and with these fields. */
export const call = (fields: object): ReportRecord => ({
	...vendorCall,
	mos: undefined,
	recording_url: '',
	start_time: '2026-03-02T10:00:00.000Z',
	...fields,
});

export const answered = { status: 'answered', answer_time: '2026-03-02T10:00:07.500Z' };

/** Three answered, one of them outbound; two missed. */
export const someCalls = [
	call({ ...answered, direction: 'in', caller: '+1', duration: 100, hold_duration: 20, mos: 4, recording_url: '/r/1' }),
	call({ ...answered, direction: 'in', caller: '+2', duration: 50, mos: 3.5, team_name: 'Care', conference_duration: 9 }),
	call({ ...answered, direction: 'out', caller: 'sarah', callee: '+1', duration: 30, hold_duration: 10, mos: 0 }),
	call({ direction: 'in', caller: '+1', status: 'missed', answer_time: '', termination_cause: 'NO_ANSWER', team_name: '' }),
	call({ direction: 'in', caller: null, status: 'missed', termination_cause: '', channel: 'chat', duration: 99, hold_duration: 99 }),
];
