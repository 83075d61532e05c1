import { pollReadFor } from '../../../nodes/Samespace/polling';
import { emptyStatistics, Lanes, newContact, type Outcome, type PageRequest, type ReadingIo } from '../../../nodes/Samespace/reading';
import { calls, type ReportRecord } from '../../../nodes/Samespace/reports';
import { call, idsOf, minuteMs, noon, poll, stateAt } from './support';

const query = { report: calls, clusterZone: 'UTC', sentFilters: { type: 'team' }, conditions: [], pageSize: 2, maxRetries: 0 };

function ioThatAnswers(answer: (request: PageRequest) => Outcome<unknown>): { io: ReadingIo; requests: PageRequest[] } {
	const requests: PageRequest[] = [];
	const contact = newContact();
	const io: ReadingIo = {
		fetchPage: async (_report, sent) => {
			const request = sent as PageRequest;
			requests.push(request);
			return await Promise.resolve(answer(request));
		},
		contactWith: () => contact,
		now: () => noon,
		sleep: async () => await Promise.resolve(),
		random: () => 0,
		lanes: new Lanes(2),
		statistics: emptyStatistics(),
	};
	return { io, requests };
}

const pageOf = (records: ReportRecord[], { skip, limit }: PageRequest): Outcome<unknown> => ({
	ok: true,
	value: { total: records.length, data: records.slice(skip, skip + limit).map((record) => ({ ...record })) },
});

describe('the reading of a poll', () => {
	it('is the reading engine’s: pages, filters and conditions are its own', async () => {
		const records = ['a', 'b', 'c', 'd', 'e'].map((id, at) => call(id, noon + at * minuteMs));
		const { io, requests } = ioThatAnswers((request) => pageOf(records, request));
		const visited: ReportRecord[] = [];
		const conditions = [{ sent: false, accepts: ({ _id: id }: ReportRecord) => id !== 'c' }];
		const failure = await pollReadFor({ ...query, conditions }, io)({ start: noon, end: noon + 10 * minuteMs }, (record) => visited.push(record));
		expect(failure).toBeNull();
		expect(idsOf(visited)).toEqual(['a', 'b', 'd', 'e']);
		expect(requests[0].filters).toMatchObject({ start_time: expect.any(String), end_time: expect.any(String), type: 'team' });
	});

	it('makes an idle poll one request', async () => {
		const { io, requests } = ioThatAnswers((request) => pageOf([], request));
		const state = await stateAt(noon);
		await poll(state, noon + minuteMs, { read: pollReadFor(query, io), ranges: [], records: [] });
		expect(requests).toHaveLength(1);
	});

	it('gives back the failure of the engine', async () => {
		const { io } = ioThatAnswers(() => ({ ok: false, failure: { kind: 'status', status: 403 } }));
		const failure = await pollReadFor(query, io)({ start: noon, end: noon }, () => undefined);
		expect(failure).toMatchObject({ kind: 'status', status: 403 });
	});

	it('fails where the rows do not account for the total, as the cursor must not pass them', async () => {
		const { io } = ioThatAnswers(() => ({ ok: true, value: { total: 5, data: [] } }));
		const failure = await pollReadFor(query, io)({ start: noon, end: noon + 1 }, () => undefined);
		expect(failure).toMatchObject({ kind: 'incomplete' });
	});
});
