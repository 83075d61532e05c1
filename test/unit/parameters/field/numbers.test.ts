import { concurrencyOf, ParameterProblem, readForm, reportOf } from '../../../../nodes/Samespace/parameters';
import { optionalNumber, wholeNumber } from '../../../../nodes/Samespace/parameters/field/numbers';
import { calls, csat, productivity, type ReportDefinition } from '../../../../nodes/Samespace/reports';

const around = { now: Date.parse('2026-03-15T12:00:00Z'), workflowZone: 'UTC', clusterZone: 'UTC' };

function form(report: ReportDefinition, parameters: { [name: string]: unknown }): ReturnType<typeof readForm> {
	return readForm(report, (name, fallback) => parameters[name] ?? fallback, around);
}

describe('a whole number', () => {
	it.each([
		[1, 1],
		['1', 1],
		[' 64 ', 64],
		[64, 64],
	])('may be %j', (entered, number) => {
		expect(wholeNumber('Concurrency', entered, 1, 64)).toBe(number);
	});

	it.each([0, 65, -1, 1.5, NaN, Infinity, '', ' ', 'four', '4 lanes', null, undefined, true, [], {}, [4]])('may not be %p', (entered) => {
		expect(() => wholeNumber('Concurrency', entered, 1, 64)).toThrow(ParameterProblem);
		expect(() => wholeNumber('Concurrency', entered, 1, 64)).toThrow(/^'Concurrency' is (.|a list|an object|empty)/);
	});

	it('says from where to where', () => {
		const adviceOf = (max: number): unknown => {
			try {
				return wholeNumber('Limit', 0, 1, max);
			} catch (problem) {
				return (problem as ParameterProblem).advice;
			}
		};
		expect(adviceOf(64)).toBe('Enter a whole number from 1 to 64.');
		expect(adviceOf(Number.MAX_SAFE_INTEGER)).toBe('Enter a whole number of 1 or more.');
	});
});

describe('a number that may be left out', () => {
	it.each([
		[undefined, null],
		[null, null],
		['', null],
		[0, 0],
		['4.5', 4.5],
		[-1, -1],
	])('%j is %j', (entered, number) => {
		expect(optionalNumber('Minimum Rating', entered)).toBe(number);
	});

	it.each(['four', NaN, Infinity, {}, []])('%p is refused', (entered) => {
		expect(() => optionalNumber('Minimum Rating', entered)).toThrow(/^'Minimum Rating' is (.|a list|an object|empty)/);
	});
});

describe('how many requests may be under way', () => {
	it.each([
		[{ concurrency: 8 }, 8],
		[{ concurrency: '8' }, 8],
		[{}, 4],
		[undefined, 4],
		[{ concurrency: 0 }, 4],
		[{ concurrency: 1000 }, 4],
		[{ concurrency: 'many' }, 4],
	])('out of %j is %i', (options, concurrency) => {
		expect(concurrencyOf(options).usual).toBe(concurrency);
	});
});

describe('a form', () => {
	it('that is left as it is asks for 50 calls of the last seven days', () => {
		const { query, limit, output, timeoutMs } = form(calls, {});
		expect(query).toMatchObject({ report: calls, pageSize: 1000, skip: 0, limit: 50, onIncomplete: 'error', maxRetries: 5, sentFilters: {}, conditions: [] });
		expect([...query.periods]).toEqual([{ start: Date.parse('2026-03-09T00:00:00Z'), end: around.now }]);
		expect({ limit, output, timeoutMs }).toEqual({ limit: 50, output: 'simplified', timeoutMs: 60_000 });
	});

	it('that asks for a page of a million rows gets one that leaves n8n responsive', () => {
		expect(form(calls, { options: { pageSize: 1_000_000 } }).query.pageSize).toBe(3000);
		expect(form(calls, { options: { pageSize: 2999 } }).query.pageSize).toBe(2999);
	});

	it.each<[ReportDefinition, { [name: string]: unknown }, string]>([
		[calls, { output: 'pdf' }, "'Output' is 'pdf'"],
		[calls, { dateRange: 'someday' }, "'Date Range' is 'someday'"],
		[calls, { limit: 0 }, "'Limit' is '0'"],
		[calls, { options: { pageSize: 0 } }, "'Page Size' is '0'"],
		[calls, { options: { skip: -1 } }, "'Skip' is '-1'"],
		[calls, { options: { concurrency: 65 } }, "'Concurrency' is '65'"],
		[calls, { options: { maxRetries: 101 } }, "'Max Retries' is '101'"],
		[calls, { options: { timeout: 0 } }, "'Timeout (Seconds)' is '0'"],
		[calls, { options: { onIncomplete: 'ignore' } }, "'If Incomplete' is 'ignore'"],
		[calls, { output: 'selectedFields', fields: [] }, "'Fields' is empty"],
		[calls, { output: 'summary', groupBy: ['colour'] }, "'Group By' is 'colour'"],
		[calls, { returnAs: 'xls' }, "'Return As' is 'xls'"],
		[calls, { returnAs: 'csv', rowsPerFile: 0 }, "'Rows per File' is '0'"],
		[csat, { itemPer: 'word' }, "'Return One Item Per' is 'word'"],
		[productivity, { interval: 'year' }, "'Split By' is 'year'"],
	])('%# with a parameter that cannot be used says which one', (report, parameters, says) => {
		expect(() => form(report, parameters)).toThrow(says);
	});

	it('ignores what the report does not have', () => {
		expect([...form(calls, { interval: 'year', itemPer: 'word', rowsPerFile: 0 }).query.periods]).toHaveLength(1);
	});

	it('of an operation that there is not is refused', () => {
		expect(reportOf('getCalls')).toBe(calls);
		expect(() => reportOf('getFaxes')).toThrow("'Operation' is 'getFaxes'");
	});
});
