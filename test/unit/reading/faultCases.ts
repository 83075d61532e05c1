import { failed, success, type FailureKind, type Outcome, type PageRequest } from '../../../nodes/Samespace/reading';
import type { FakeBehaviour, FakeRecord } from '../../support/fakeApi';
import { dayMs, origin, pageOf, spread, within } from './reading.ts';

/** 47 records, one of them 20 days after the first: five pages of ten. */
export const days = 20;
export const pageSize = 10;
export const records = spread(47, days);
export const range = { start: new Date(origin).toISOString(), end: new Date(origin + days * dayMs).toISOString() };

/** Where a fault befalls the reading: at the page that begins there. */
export const places = { first: 0, middle: 20, last: 40 } as const;

export type Place = keyof typeof places;

const quick = { retryAfter: '0' };

/** Faults by the names and settings of the simulator, and how an error of them is called. */
export const faults = {
	'429 with Retry-After: 0': { fault: { kind: 'status', status: 429, ...quick }, error: 'Samespace is throttling requests' },
	'500': { fault: { kind: 'status', status: 500, ...quick }, error: 'Samespace answered with an error (status 500)' },
	'502': { fault: { kind: 'status', status: 502, ...quick }, error: 'Samespace answered with an error (status 502)' },
	'503': { fault: { kind: 'status', status: 503, ...quick }, error: 'Samespace answered with an error (status 503)' },
	'504': { fault: { kind: 'status', status: 504, ...quick }, error: 'Samespace answered with an error (status 504)' },
	'408': { fault: { kind: 'status', status: 408, ...quick }, error: 'Samespace answered with an error (status 408)' },
	'425': { fault: { kind: 'status', status: 425, ...quick }, error: 'Samespace answered with an error (status 425)' },
	refuse: { fault: { kind: 'refuse' }, error: 'Samespace could not be reached' },
	resetBeforeBody: { fault: { kind: 'resetBeforeBody' }, error: 'Samespace could not be reached' },
	resetMidBody: { fault: { kind: 'resetMidBody' }, error: 'Samespace could not be reached' },
	hang: { fault: { kind: 'hang' }, error: 'Samespace did not answer in time' },
	truncatedJson: { fault: { kind: 'truncatedJson' }, error: 'Samespace answered with something that is not JSON' },
	html200: { fault: { kind: 'html200' }, error: 'Samespace answered with something that is not JSON' },
	emptyBody: { fault: { kind: 'emptyBody' }, error: 'Samespace answered with something that is not JSON' },
	nullRecord: { fault: { kind: 'nullRecord' }, error: 'Samespace answered with something that is not JSON' },
} as const;
