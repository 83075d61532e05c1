import type { ErrorBody } from '../switches.ts';
import type { Trigger } from './triggers.ts';

/** What can go wrong with one answer. See faultyRows.ts and faultyReply.ts for what each does. */
export type FaultAct =
	/** Any status; `errorBody` where a gateway answers in another style than the cluster. */
	| { kind: 'status'; status: number; message?: string; retryAfter?: string; errorBody?: ErrorBody }
	| { kind: 'redirect'; url: string; status?: 301 | 302 | 303 | 307 | 308 }
	/** Headers come `ms` late, or the second half of the body does. */
	| { kind: 'slowHeaders' | 'slowBody'; ms: number }
	/** A record leaves the dataset just before the answer: that of the id, else the oldest of the window. */
	| { kind: 'dropRow'; id?: string }
	/** A record joins the dataset just before the answer: this one, else a copy of the oldest at the window's start. */
	| { kind: 'insertRow'; record?: Record<string, unknown> }
	/** The page's first record is this much bigger; default 10. */
	| { kind: 'hugeRecord'; megabytes?: number }
	/** U26: an error in a status of 200. */
	| { kind: 'error200'; shape?: ErrorShape; message?: string }
	/** U26: no error, but an `error` beside the rows, where the body is an object with `data`. */
	| { kind: 'harmlessError'; value: 0 | null | Record<string, never> }
	| { kind: SimpleFaultKind };

/**
 * `code`: {"code":500,"message":…,"data":null}. `status`: {"status":"error","message":…,"data":[]}. `error`: {"error":…}.
 * `errorObject`: {"error":{"message":…}}. The default is `code`.
 */
export type ErrorShape = 'code' | 'status' | 'error' | 'errorObject';

export type SimpleFaultKind =
	/** Nothing is answered and the connection closes; ends after the headers; ends half-way. */
	| 'refuse'
	| 'resetBeforeBody'
	| 'resetMidBody'
	/** Half of the body comes and the connection stays open; or nothing ever comes. */
	| 'stallMidBody'
	| 'hang'
	/** The body: cut but of valid HTTP; a login page with status 200; right but as text/plain; gzipped; nothing. */
	| 'truncatedJson'
	| 'html200'
	| 'wrongContentType'
	| 'gzip'
	| 'emptyBody'
	/** The page: no rows but the true total; the page before once more. */
	| 'emptyPage'
	| 'repeatPage'
	/** `total`: one too high; 5 too high; half; left out; as text. Only where the envelope has a total. */
	| 'totalDrift'
	| 'totalTooHigh'
	| 'totalTooLow'
	| 'totalMissing'
	| 'totalText'
	/** `{"total": …, "data": null}`; the first record null; without its _id; ids as {"$oid": …}. */
	| 'dataNull'
	| 'nullRecord'
	| 'recordWithoutId'
	| 'oidIds';

/** A fault and the requests that it befalls. */
export type Fault = FaultAct & Trigger;

export type FaultKind = FaultAct['kind'];

/** The fault of a kind among those that befall a request. */
export function faultOf<K extends FaultKind>(faults: readonly Fault[], kind: K): (Fault & { kind: K }) | undefined {
	return faults.find((fault): fault is Fault & { kind: K } => fault.kind === kind);
}

/** Whether a fault of a kind befalls a request. */
export function hasFault(faults: readonly Fault[], kind: FaultKind): boolean {
	return faults.some((fault) => fault.kind === kind);
}

const faultKinds: Record<FaultKind, true> = {
	status: true,
	redirect: true,
	slowHeaders: true,
	slowBody: true,
	dropRow: true,
	insertRow: true,
	hugeRecord: true,
	refuse: true,
	resetBeforeBody: true,
	resetMidBody: true,
	stallMidBody: true,
	error200: true,
	harmlessError: true,
	hang: true,
	truncatedJson: true,
	html200: true,
	wrongContentType: true,
	gzip: true,
	emptyBody: true,
	emptyPage: true,
	repeatPage: true,
	totalDrift: true,
	totalTooHigh: true,
	totalTooLow: true,
	totalMissing: true,
	totalText: true,
	dataNull: true,
	nullRecord: true,
	recordWithoutId: true,
	oidIds: true,
};

/** A fault out of parsed JSON. @throws on a kind that there is not */
export function faultIn(fields: Record<string, unknown>): Fault {
	if (typeof fields.kind !== 'string' || !Object.hasOwn(faultKinds, fields.kind)) {
		throw new Error(`kind: expected one of ${Object.keys(faultKinds).join()}, got ${String(fields.kind)}`);
	}
	return fields as Fault;
}
