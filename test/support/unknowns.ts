import type { Fault, ReportName, Switches } from '../simulator/index.ts';
import type { AskName } from './busyCentre.ts';

export const unknownNames = [
	...(['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8', 'U9', 'U10', 'U11', 'U12', 'U13', 'U14', 'U15', 'U16', 'U17', 'U18'] as const),
	...(['U19', 'U20', 'U21', 'U22', 'U23', 'U24', 'U25', 'U26', 'U27', 'U28'] as const),
];

/** An unknown of the contract. */
export type Unknown = (typeof unknownNames)[number];

/** The errors that the contract allows, as they show in an error's message or description. */
export const allowedErrors = {
	notComplete: /^The report is incomplete/,
	timeZone: /'Time Zone'/,
	refused: /^Samespace refused the request/,
} as const;

export type ErrorName = keyof typeof allowedErrors;

/** One way in which an unknown may turn out. Without `may` the node has to give exactly the truth. */
export type Play = {
	unknown: Unknown;
	name: string;
	/** The reports on which it makes a difference. */
	touches: readonly ReportName[];
	switches?: Partial<Switches> | ((report: ReportName) => Partial<Switches>);
	faults?: readonly Fault[];
	/** IANA zones; default UTC, for the credential the cluster's. */
	zones?: { cluster?: string; credential?: string };
	/** The ranges in which it makes a difference; default: one that is past, and one that ends now. */
	asks?: readonly AskName[];
	/** Options of the node. */
	options?: { maxRetries?: number; timeout?: number };
	/** Errors that are as good as the truth. */
	may?: readonly ErrorName[];
	/** Errors that are so only where something else is unusual, too. */
	mayInPairs?: readonly ErrorName[];
	/** What it cannot be played with: rows that come as fast as they are read, say. */
	notWith?: readonly Unknown[];
	/** Whether it stands for its unknown where two are played together: two or three of each do. */
	inPairs?: true;
};

const all: readonly ReportName[] = ['calls', 'sessions', 'csat', 'productivity'];
const records: readonly ReportName[] = ['calls', 'sessions', 'csat'];
const always = 100_000;
/** While these rows come, none of them lies on a boundary. */
const arriving = { start: '2026-10-14T08:00:00.000Z', end: '2026-10-14T20:00:00.000Z' };

const arrivals = (report: ReportName, everyRequests: number, into?: typeof arriving): Partial<Switches> => ({
	arrivals: { report: report === 'productivity' ? 'calls' : report, everyRequests, into },
});

const statuses = (from: number, list: readonly number[]): Fault[] =>
	list.map((status, n) => ({ kind: 'status', status, nth: from + n, errorBody: 'html' }));

/** Each unknown of the contract, in every way that the simulator can play it. */
export const plays: readonly Play[] = [
	{ unknown: 'U1', name: 'total and rows', touches: all, switches: { envelope: 'totalAndData' } },
	{ unknown: 'U1', name: 'a bare array', touches: all, switches: { envelope: 'array' }, inPairs: true },
	{ unknown: 'U1', name: 'a single object where a page has one row', touches: all, switches: { envelope: 'object' } },
	{
		unknown: 'U1',
		name: 'one object a page',
		touches: all,
		switches: { envelope: 'oneObject' },
		asks: ['short'],
		// A request for each record, and for each cut: thousands where they cannot be paged through.
		notWith: ['U18', 'U25', 'U28'],
		inPairs: true,
	},
	{ unknown: 'U1', name: 'rows without a total', touches: all, switches: { envelope: 'dataOnly' }, inPairs: true },

	{ unknown: 'U2', name: 'a cap of 7 on limit', touches: all, switches: { maxLimit: 7 }, inPairs: true },
	{ unknown: 'U2', name: 'a cap of 25 on limit', touches: all, switches: { maxLimit: 25 }, inPairs: true },

	{ unknown: 'U3', name: 'limit ignored', touches: all, switches: { limitIgnored: true }, inPairs: true },

	{ unknown: 'U4', name: 'skip ignored', touches: all, switches: { skipIgnored: true }, inPairs: true },

	{ unknown: 'U5', name: 'start exclusive', touches: records, switches: { startInclusive: false }, inPairs: true },
	{ unknown: 'U5', name: 'end exclusive', touches: records, switches: { endInclusive: false } },
	{ unknown: 'U5', name: 'both exclusive', touches: records, switches: { startInclusive: false, endInclusive: false }, inPairs: true },

	{ unknown: 'U6', name: "New York's clock", touches: ['csat', 'productivity'], zones: { cluster: 'America/New_York' }, inPairs: true },
	{ unknown: 'U6', name: "Kolkata's clock", touches: ['csat', 'productivity'], zones: { cluster: 'Asia/Kolkata' }, inPairs: true },
	{ unknown: 'U6', name: "Lord Howe's clock", touches: ['csat', 'productivity'], zones: { cluster: 'Australia/Lord_Howe' } },

	{ unknown: 'U7', name: 'times ignored', touches: records, switches: { timeFilterIgnored: true }, inPairs: true },
	{ unknown: 'U7', name: 'filters ignored', touches: ['calls', 'sessions'], switches: { filtersIgnored: true }, asks: ['now'], inPairs: true },
	{ unknown: 'U7', name: 'times and filters ignored', touches: records, switches: { timeFilterIgnored: true, filtersIgnored: true } },

	{ unknown: 'U8', name: 'newest first', touches: records, switches: { order: 'newestFirst' }, inPairs: true },
	{ unknown: 'U8', name: 'shuffled', touches: records, switches: { order: 'shuffled' } },
	{ unknown: 'U8', name: 'another order each time', touches: records, switches: { order: 'unstableBetweenRequests' }, inPairs: true },
	{
		unknown: 'U8',
		name: 'a row leaves and one comes while pages are read',
		touches: records,
		faults: [{ kind: 'insertRow', nth: 2 }, { kind: 'dropRow', nth: 3 }, { kind: 'dropRow', nth: 5 }],
		// Where rows leave and others come between two answers, their number hides what has moved.
		notWith: ['U25'],
		inPairs: true,
	},
	{
		unknown: 'U8',
		name: 'a row leaves and one comes, newest first',
		touches: records,
		switches: { order: 'newestFirst' },
		faults: [{ kind: 'insertRow', nth: 3 }, { kind: 'dropRow', nth: 4 }],
	},

	{ unknown: 'U9', name: 'listed when they have ended', touches: records, switches: { visibility: true }, asks: ['now', 'fromRepeatedHour'], inPairs: true },
	{ unknown: 'U9', name: 'listed five minutes after their end', touches: records, switches: { visibility: { lagSeconds: 300 } }, asks: ['now', 'fromRepeatedHour'], inPairs: true },

	{
		unknown: 'U10',
		name: 'eight requests in 100 ms',
		touches: all,
		switches: { rateLimit: { requests: 8, intervalMs: 100, retryAfter: 'none' } },
		options: { maxRetries: 20 },
	},
	{
		unknown: 'U10',
		name: 'status 429, wait a second',
		touches: all,
		faults: [{ kind: 'status', status: 429, retryAfter: '1', nth: 2, times: 2 }, { kind: 'status', status: 429, retryAfter: '1', nth: 7 }],
		inPairs: true,
	},
	{
		unknown: 'U10',
		name: 'status 503, wait until a date that is past',
		touches: all,
		faults: [{ kind: 'status', status: 503, retryAfter: 'Fri, 20 Nov 2026 11:59:00 GMT', nth: 1, times: 2 }],
		inPairs: true,
	},

	...(['jsonError', 'text', 'html', 'empty'] as const).map((errorBody): Play => ({
		unknown: 'U11',
		name: `error bodies of the kind ${errorBody}`,
		touches: all,
		switches: { errorBody },
		faults: [{ kind: 'status', status: 500, nth: 2 }],
		...(errorBody === 'html' || errorBody === 'empty' ? { inPairs: true } : {}),
	})),

	{ unknown: 'U12', name: 'windows of 30 days at most', touches: all, switches: { windowRule: '30days' }, inPairs: true },
	{ unknown: 'U12', name: 'windows of 31 days at most', touches: all, switches: { windowRule: '31days' } },
	{ unknown: 'U12', name: 'windows of a calendar month at most', touches: all, switches: { windowRule: 'calendarMonth' }, inPairs: true },

	{ unknown: 'U13', name: 'a total that drifts', touches: records, switches: { totalError: 'drift' }, may: ['notComplete'], inPairs: true },
	{ unknown: 'U13', name: 'a total of totals that drifts', touches: ['productivity'], switches: { totalError: 'drift' }, may: ['notComplete'] },
	{ unknown: 'U13', name: 'a total that is five too high', touches: all, switches: { totalError: 'tooHigh' }, may: ['notComplete'], inPairs: true },
	{ unknown: 'U13', name: 'half the total', touches: all, switches: { totalError: 'tooLow' }, may: ['notComplete'], inPairs: true },
	...(['missing', 'textNumber', 'textWord', 'negative', 'null'] as const).map((totalError): Play => ({
		unknown: 'U13',
		name: `a total that cannot be used (${totalError})`,
		touches: all,
		switches: { totalError },
	})),

	{ unknown: 'U14', name: "Mongo's extended JSON", touches: all, switches: { extendedJson: true }, inPairs: true },
	{ unknown: 'U14', name: "Mongo's dates as ISO 8601", touches: all, switches: { extendedJson: 'iso' } },
	{ unknown: 'U14', name: "Mongo's dates as numbers", touches: all, switches: { extendedJson: 'numberLong' }, inPairs: true },

	{ unknown: 'U15', name: 'a limit above 20 refused', touches: all, switches: { refusedLimit: 20 }, inPairs: true },
	{ unknown: 'U15', name: 'a limit above 10 refused with 413 and no reason', touches: all, switches: { refusedLimit: 10, refusalStatus: { limit: 413 }, refusalNamesField: false }, inPairs: true },
	{ unknown: 'U15', name: 'a limit above 7 refused with 422', touches: all, switches: { refusedLimit: 7, refusalStatus: { limit: 422 } } },

	{ unknown: 'U16', name: 'a result window of 100 rows', touches: records, switches: { resultWindow: 100 }, inPairs: true },
	{ unknown: 'U16', name: 'a result window of 120 rows, 422 and no reason', touches: records, switches: { resultWindow: 120, refusalStatus: { resultWindow: 422 }, refusalNamesField: false }, inPairs: true },
	{ unknown: 'U16', name: 'a result window of 100 rows, status 500', touches: records, switches: { resultWindow: 100, refusalStatus: { resultWindow: 500 } } },
	{ unknown: 'U16', name: 'a result window of 250 rows', touches: records, switches: { resultWindow: 250 } },

	{ unknown: 'U17', name: "a total of this page's rows", touches: all, switches: { totalError: 'pageRows' }, inPairs: true },
	{ unknown: 'U17', name: 'a total of all rows there are', touches: records, switches: { totalError: 'unfiltered' }, mayInPairs: ['notComplete'], inPairs: true },
	{ unknown: 'U17', name: 'a total whatever the filters', touches: ['calls', 'sessions'], switches: { totalError: 'timesOnly' }, asks: ['now'], may: ['notComplete'], inPairs: true },
	{ unknown: 'U17', name: 'a total of 100 at most', touches: records, switches: { totalError: { cappedAt: 100 } }, inPairs: true },
	{ unknown: 'U17', name: 'a total of 30 at most', touches: records, switches: { totalError: { cappedAt: 30 } } },
	{ unknown: 'U17', name: 'a total that lags by two answers', touches: records, switches: { totalError: { lagsRequests: 2 } }, inPairs: true },
	{
		unknown: 'U17',
		name: 'a total that lags by two answers, while rows come',
		touches: records,
		switches: (report) => ({ totalError: { lagsRequests: 2 }, ...arrivals(report, 4, arriving) }),
	},
	{
		unknown: 'U17',
		name: 'a total that lags by a minute, while rows come',
		touches: records,
		switches: (report) => ({ totalError: { lagsSeconds: 60 }, ...arrivals(report, 4, arriving) }),
		may: ['notComplete'],
	},
	{ unknown: 'U17', name: 'half the total the first time', touches: records, switches: { totalError: { lowAtFirst: 1 } }, inPairs: true },
	{ unknown: 'U17', name: 'half the total the first two times', touches: records, switches: { totalError: { lowAtFirst: 2 } } },

	{ unknown: 'U18', name: 'what the page does not show refused', touches: all, switches: { refuses: 'undocumented' }, inPairs: true },
	{ unknown: 'U18', name: 'what the page does not show refused with 422 and no reason', touches: all, switches: { refuses: 'undocumented', refusalStatus: { field: 422 }, refusalNamesField: false }, inPairs: true },
	{ unknown: 'U18', name: 'limit refused', touches: ['sessions', 'csat', 'productivity'], switches: { refuses: { sessions: ['limit'], csat: ['limit'], productivity: ['limit'] } } },
	{ unknown: 'U18', name: 'skip refused', touches: ['sessions', 'csat', 'productivity'], switches: { refuses: { sessions: ['skip'], csat: ['skip'], productivity: ['skip'] } }, inPairs: true },
	{ unknown: 'U18', name: 'times refused', touches: ['sessions'], switches: { refuses: { sessions: ['times'] } } },
	{ unknown: 'U18', name: 'status refused', touches: ['calls'], switches: { refuses: { calls: ['status'] } }, asks: ['now'] },

	...(['totalAndData', 'array', 'object', 'dataNull', 'null', 'noContent', 'emptyBody', 'message', 'message404'] as const).map((nothingBody): Play => ({
		unknown: 'U19',
		name: `nothing to report as ${nothingBody}`,
		touches: all,
		switches: { nothingBody },
		asks: ['now', 'nothing'],
		...(nothingBody === 'noContent' || nothingBody === 'message404' ? { inPairs: true } : {}),
	})),
	...(['null', 'emptyBody', 'message', 'message404'] as const).map((nothingBody): Play => ({
		unknown: 'U19',
		name: `a page past the end as ${nothingBody}`,
		touches: all,
		switches: { nothingBody, nothingPastEnd: true },
		asks: ['now'],
		...(nothingBody === 'null' ? { inPairs: true } : {}),
	})),

	{ unknown: 'U20', name: 'whole records only', touches: records, switches: { wholeRecordsOnly: true }, inPairs: true },

	{ unknown: 'U21', name: "Kolkata's clock, the credential says UTC", touches: ['csat'], zones: { cluster: 'Asia/Kolkata', credential: 'UTC' }, may: ['timeZone'], inPairs: true },
	{ unknown: 'U21', name: "New York's clock, the credential says UTC", touches: ['csat'], zones: { cluster: 'America/New_York', credential: 'UTC' }, may: ['timeZone'], inPairs: true },
	{ unknown: 'U21', name: "Kolkata's clock, the credential says UTC, where times are ISO 8601", touches: ['calls', 'sessions'], zones: { cluster: 'Asia/Kolkata', credential: 'UTC' } },

	{ unknown: 'U22', name: 'durations as text', touches: all, switches: { durations: 'text' } },
	{ unknown: 'U22', name: 'durations as on a clock', touches: all, switches: { durations: 'clock' }, inPairs: true },
	{ unknown: 'U22', name: 'numbers as text', touches: all, switches: { numbersAsText: true }, inPairs: true },

	{ unknown: 'U23', name: 'open logins end now', touches: ['sessions'], switches: { openLogins: true }, asks: ['now'], inPairs: true },
	{ unknown: 'U23', name: 'open logins end at the last minute', touches: ['sessions'], switches: { openLogins: { everySeconds: 60 } }, asks: ['now'], inPairs: true },

	{ unknown: 'U24', name: 'status 520 to 522 of a gateway', touches: all, faults: statuses(2, [520, 521, 522]), inPairs: true },
	{ unknown: 'U24', name: 'status 523 to 530 of a gateway', touches: all, faults: statuses(1, [523, 524, 529, 530]) },
	{ unknown: 'U24', name: 'a web page with 200', touches: all, faults: [{ kind: 'html200' }, { kind: 'html200', nth: 4 }], inPairs: true },
	{ unknown: 'U24', name: 'a body that stalls', touches: all, faults: [{ kind: 'stallMidBody', nth: 2 }], options: { timeout: 1 } },

	{ unknown: 'U25', name: 'a row with every third request', touches: all, switches: (report) => arrivals(report, 3, arriving), inPairs: true },
	{ unknown: 'U25', name: 'a row of today with every second request', touches: all, switches: (report) => arrivals(report, 2), asks: ['now', 'fromRepeatedHour'], inPairs: true },
	{ unknown: 'U25', name: 'a row with every third request, newest first', touches: records, switches: (report) => ({ order: 'newestFirst', ...arrivals(report, 3, arriving) }) },

	...(['code', 'status', 'error', 'errorObject'] as const).map((shape): Play => ({
		unknown: 'U26',
		name: `an error in a status of 200 (${shape})`,
		touches: all,
		faults: [{ kind: 'error200', shape }, { kind: 'error200', shape, nth: 4, times: 2 }],
		...(shape === 'status' || shape === 'error' ? { inPairs: true } : {}),
	})),
	...([0, null, {}] as const).map((value): Play => ({
		unknown: 'U26',
		name: `an error that is none (${JSON.stringify(value)})`,
		touches: all,
		faults: [{ kind: 'harmlessError', value, times: always }],
		...(value === 0 ? { inPairs: true } : {}),
	})),

	...(['s', 'minute'] as const).flatMap((comparedIn) =>
		(['cut', 'round'] as const).flatMap((rounding) =>
			[false, true].map((recordTimesRounded): Play => ({
				unknown: 'U27',
				name: `times compared by the ${comparedIn === 's' ? 'second' : 'minute'} (${rounding}${recordTimesRounded ? ", the records' too" : ''})`,
				touches: records,
				switches: { comparedIn, rounding, recordTimesRounded },
				...((comparedIn === 'minute') !== recordTimesRounded && rounding === 'cut' ? { inPairs: true } : {}),
			})),
		),
	),
	{ unknown: 'U27', name: 'times compared by the minute (round), ends exclusive', touches: records, switches: { comparedIn: 'minute', rounding: 'round', startInclusive: false, endInclusive: false } },

	...(['first', 'second', 'both'] as const).map((repeatedHour): Play => ({
		unknown: 'U28',
		name: `an hour that Berlin repeats means ${repeatedHour === 'both' ? 'both' : `the ${repeatedHour}`}`,
		touches: ['csat', 'productivity'],
		switches: { repeatedHour },
		zones: { cluster: 'Europe/Berlin' },
		asks: ['toRepeatedHour', 'fromRepeatedHour'],
		...(repeatedHour === 'first' ? {} : { inPairs: true }),
	})),
];
