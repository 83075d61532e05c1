import { failed, success, type FailureKind, type Outcome, type PageRequest } from '../../../nodes/Samespace/reading';
import { parseBody } from '../../../nodes/Samespace/transport/answers/body';
import type { FakeBehaviour, FakeRecord } from '../../support/fakeApi';
import { dayMs, origin, pageOf, spread, within } from './reading.ts';

/** 47 records in 20 days: five pages of ten. Their ids are such as Mongo makes. */
export const days = 20;
export const records = spread(47, days).map((record, n) => ({ ...record, id: `65a3f0c2e4b0a1d2c30000${n.toString(16).padStart(2, '0')}` }));
export const range = { start: new Date(origin).toISOString(), end: new Date(origin + days * dayMs).toISOString() };

/** Where a fault befalls the reading: at the page that begins there. */
export const places = { first: 0, middle: 20, last: 40 } as const;

export type Place = keyof typeof places;

/** What a reading without any fault sends. */
export const plain = ['0+10', '10+10', '20+10', '30+10', '40+10'];

/** A fault by the simulator's name and settings. */
export interface FaultCase {
	fault: { kind: string; [setting: string]: unknown };
	/** The title of the error if it never passes. */
	error: string;
	/** The same for the fake API: what is answered instead, or what becomes of the answer or of the records. */
	answer?: Outcome<unknown>;
	body?: (body: { total: number; data: object[] }, request: PageRequest) => unknown;
	before?: (records: FakeRecord[]) => void;
}

const status = (code: number, error = `Samespace returned status ${code}`): FaultCase => ({
	fault: { kind: 'status', status: code, retryAfter: '0' },
	answer: failed({ kind: 'status', status: code, retryAfterMs: 0 }),
	error,
});

const broken = (kind: string, failure: FailureKind, error: string): FaultCase => ({ fault: { kind }, answer: failed({ kind: failure }), error });

const unreadable = "Samespace's response isn't JSON";
const incomplete = 'The report is incomplete';

/** Faults after which the same request is sent again. */
export const passingFaults: { [name: string]: FaultCase } = {
	'429 with Retry-After: 0': status(429, 'Samespace is limiting requests'),
	'429 without Retry-After': { ...status(429, 'Samespace is limiting requests'), fault: { kind: 'status', status: 429 }, answer: failed({ kind: 'status', status: 429 }) },
	'408': status(408),
	'425': status(425),
	'500': status(500),
	'502': status(502),
	'503': status(503),
	'504': status(504),
	'a connection that is refused': broken('refuse', 'network', "Couldn't connect to Samespace"),
	'a reset before the body': broken('resetBeforeBody', 'network', "Couldn't connect to Samespace"),
	'a reset in the middle of the body': broken('resetMidBody', 'network', "Couldn't connect to Samespace"),
	'no answer in time': broken('hang', 'timeout', 'Samespace took too long to respond'),
	'JSON that is cut off': { fault: { kind: 'truncatedJson' }, answer: success('{"total": 47, "da'), error: unreadable },
	'a page for a browser': { fault: { kind: 'html200' }, answer: success('<!doctype html>'), error: unreadable },
	'a null record': { fault: { kind: 'nullRecord' }, body: ({ total, data }) => ({ total, data: [null, ...data.slice(1)] }), error: "Samespace sent a row that isn't a record" },
};

/** Answers that no retry makes better. */
export const finalFaults: { [name: string]: FaultCase } = {
	'a redirect to another host': {
		fault: { kind: 'redirect', url: 'http://127.0.0.2:9/' },
		answer: failed({ kind: 'redirect', status: 302 }),
		error: 'Samespace redirected to another address',
	},
	'401': { ...status(401), error: 'Samespace refused the API key' },
	'403': { ...status(403), error: 'Samespace refused the API key' },
	'404': { ...status(404), error: "Samespace doesn't know this address" },
	'400': { ...status(400), answer: failed({ kind: 'status', status: 400, said: 'no' }), fault: { kind: 'status', status: 400, message: 'no' }, error: 'Samespace refused the request: no' },
	'501': status(501),
};

/** What is unusual about an answer and does no harm. */
export const harmlessFaults: { [name: string]: FaultCase } = {
	'headers that come late': { fault: { kind: 'slowHeaders', ms: 30 }, error: '' },
	'a body that comes late': { fault: { kind: 'slowBody', ms: 30 }, error: '' },
	'another content type': { fault: { kind: 'wrongContentType' }, error: '' },
	gzip: { fault: { kind: 'gzip' }, error: '' },
	'a total as text': { fault: { kind: 'totalText' }, body: ({ total, data }) => ({ total: String(total), data }), error: '' },
	'ids as {"$oid"}': { fault: { kind: 'oidIds' }, body: ({ total, data }) => parseBody(JSON.stringify({ total, data: data.map((row) => ({ ...row, _id: { $oid: (row as { _id: string })._id } })) })), error: '' },
	'10 MB in one record': { fault: { kind: 'hugeRecord' }, body: ({ total, data }) => ({ total, data: data.map((row, n) => (n === 0 ? { ...row, padding: 'x'.repeat(10_000) } : row)) }), error: '' },
	'a record without an id': { fault: { kind: 'recordWithoutId' }, body: ({ total, data }) => ({ total, data: data.map((row, n) => (n === 0 ? { ...row, _id: undefined } : row)) }), error: '' },
};

/** Rows or totals that are not as they were said to be: the window is read again, or in parts. */
export const rowFaults: { [name: string]: FaultCase } = {
	'an empty page': { fault: { kind: 'emptyPage' }, body: ({ total }) => ({ total, data: [] }), error: incomplete },
	'null for rows': { fault: { kind: 'dataNull' }, body: ({ total }) => ({ total, data: null }), error: incomplete },
	'the page before once more': {
		fault: { kind: 'repeatPage' },
		body: ({ total }, { filters, skip, limit }) => {
			const from = Math.max(0, skip - limit);
			return pageOf(within(records, filters).slice(from, from + limit), total);
		},
		error: 'The report is incomplete: Samespace keeps sending the same page',
	},
	'a total one too high': {
		fault: { kind: 'totalDrift' },
		body: ({ total, data }) => ({ total: total + 1, data }),
		error: incomplete,
	},
	'a total five too high': {
		fault: { kind: 'totalTooHigh' },
		body: ({ total, data }) => ({ total: total + 5, data }),
		error: incomplete,
	},
	'half a total': {
		fault: { kind: 'totalTooLow' },
		body: ({ total, data }) => ({ total: Math.floor(total / 2), data }),
		error: incomplete,
	},
	'no total': {
		fault: { kind: 'totalMissing' },
		body: ({ data }) => ({ data }),
		error: '',
	},
	'a record that is removed': {
		fault: { kind: 'dropRow' },
		before: (listed) => listed.shift(),
		error: incomplete,
	},
	'a record that arrives': {
		fault: { kind: 'insertRow', record: { start_time: range.start, end_time: range.start } },
		before: (listed) => listed.unshift({ id: 'arrived', at: origin }),
		error: incomplete,
	},
};

/** The fault at one page, as the fake API takes it: once, or each time. */
export function behaviourWith({ answer, body, before }: FaultCase, skip: number, times: number): FakeBehaviour {
	let left = times;
	const isDue = (request: PageRequest): boolean => {
		if (request.skip !== skip || left === 0) return false;
		left -= 1;
		return true;
	};
	return {
		fault: (_, request) => (answer && isDue(request) ? answer : undefined),
		before: (_, listed, request) => (before && isDue(request) ? before(listed) : undefined),
		body: (_, sent, request) => (body && isDue(request) ? body(sent as { total: number; data: object[] }, request) : sent),
	};
}

/** A later page that is refused may lie too deep (U16): then shorter windows are read, which have no such page. */
export function isRefusedDepth({ fault }: FaultCase): boolean {
	return fault.status === 400 || fault.status === 500;
}
