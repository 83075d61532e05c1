import type { INodeProperties } from 'n8n-workflow';

import { SamespaceApi } from '../../../credentials/SamespaceApi.credentials';
import type { Failure, FailureKind } from '../../../nodes/Samespace/reading';
import { Samespace } from '../../../nodes/Samespace/Samespace.node';
import { SamespaceTrigger } from '../../../nodes/Samespace/SamespaceTrigger.node';
import { explain, explainPoll, explainWithoutOptions, explainRecording } from '../../../nodes/Samespace/transport';

/** Each kind once, so that a new one cannot be forgotten here. */
const failures: { [Kind in FailureKind]: Failure } = {
	credential: { kind: 'credential', detail: "The 'Cluster ID' of the credential is empty" },
	network: { kind: 'network', detail: 'ECONNRESET' },
	timeout: { kind: 'timeout', detail: 'ETIMEDOUT' },
	unknownHost: { kind: 'unknownHost', detail: 'ENOTFOUND' },
	untrusted: { kind: 'untrusted', detail: 'CERT_HAS_EXPIRED' },
	unreadable: { kind: 'unreadable', detail: 'a web page (6 characters)' },
	unexpected: { kind: 'unexpected', detail: 'a list with 2 elements' },
	tooLarge: { kind: 'tooLarge' },
	strange: { kind: 'strange', detail: 'Row 2 of a page is a number' },
	reported: { kind: 'reported', said: 'Query timed out' },
	status: { kind: 'status', status: 500 },
	redirect: { kind: 'redirect', status: 302 },
	incomplete: { kind: 'incomplete', window: { start: 0, end: 60_000 }, expected: 7, received: 5 },
	skipIgnored: { kind: 'skipIgnored', window: { start: 0, end: 60_000 }, expected: null, received: 5 },
	zone: { kind: 'zone', detail: '+05:30', zone: 'UTC' },
	clock: { kind: 'clock', window: { start: 0, end: 3_600_000 } },
	stopped: { kind: 'stopped' },
};

const statuses = [400, 401, 403, 404, 408, 410, 413, 422, 425, 429, 500, 501, 502, 503, 504];
const all: Failure[] = [...Object.values(failures), ...statuses.map((status): Failure => ({ kind: 'status', status, said: 'these are its words' }))];

describe('an explanation', () => {
	it.each(Object.values(failures))('of $kind says what happened and what to do', (failure) => {
		const { title, advice } = explain(failure);
		expect(title).toMatch(/^[A-Z].{15,}[^.]$/);
		expect(advice).toMatch(/^[A-Z].{15,}\.$/s);
		expect(title + advice).not.toMatch(/undefined|null|NaN|\[object/);
	});

	it.each(statuses)('of status %i names it, and what the API said', (status) => {
		const { title, advice } = explain({ kind: 'status', status, said: 'these are its words' });
		expect(title + advice).toContain(`status ${status}`);
		expect(title + advice).toContain('these are its words');
		expect(`${explain({ kind: 'status', status }).title}${explain({ kind: 'status', status }).advice}`).not.toMatch(/undefined|said/);
	});

	it('says how often it was tried, if more than once', () => {
		expect(explain({ ...failures.network, attempts: 6 }).advice).toContain('The request was tried 6 times.');
		expect(explain({ ...failures.network, attempts: 1 }).advice).not.toContain('tried');
	});

	it('of what is missing says from when to when, how many there should be and how many came', () => {
		expect(explain(failures.incomplete).advice).toContain('From 1970-01-01T00:00:00.000Z to 1970-01-01T00:01:00.000Z, Samespace announced 7 rows, but 5 arrived.');
		expect(explain(failures.skipIgnored).advice).toContain('Samespace announced an unknown number of rows, but 5 arrived.');
	});

	it('is another for each kind', () => {
		expect(new Set(Object.values(failures).map((failure) => explain(failure).title)).size).toBe(Object.keys(failures).length);
	});
});

/** The labels of a form and of the credential, those inside collections too. */
function labelsOf(properties: readonly INodeProperties[]): ReadonlySet<string> {
	const all = [...properties, ...new SamespaceApi().properties];
	return new Set(all.flatMap(({ displayName, options = [] }) => [displayName, ...options.map((option) => ('displayName' in option ? option.displayName : option.name))]));
}

/** What stands in quotes in a text. */
function namedIn(text: string): string[] {
	return [...text.matchAll(/'([A-Z][A-Za-z ()]+)'/g)].map(([, name]) => name);
}

describe('an explanation of a failed run', () => {
	const { properties } = new Samespace().description;
	const labels = labelsOf(properties);
	const choices = new Set(properties.flatMap(({ options = [] }) => options).flatMap((option) => ('options' in option ? (option.options ?? []) : [])).map((option) => ('name' in option ? option.name : '')));

	it.each(all)('of $kind $status names only what the form has, by its label', (failure) => {
		for (const explanation of [explain(failure), explainRecording(failure)]) {
			expect(namedIn(`${explanation.title} ${explanation.advice}`).filter((name) => !labels.has(name) && !choices.has(name) && !['Voice', 'Admin'].includes(name))).toEqual([]);
			expect(explanation.title).not.toMatch(/error|problem|failure/i);
		}
	});
});

describe("an explanation of a credential's test or of a dropdown", () => {
	const labels = labelsOf([]);

	it.each(all)('of $kind $status names only what the credential has', (failure) => {
		const { title, advice } = explainWithoutOptions(failure);
		expect(namedIn(`${title} ${advice}`).filter((name) => !labels.has(name) && !['Voice', 'Admin'].includes(name))).toEqual([]);
		expect(advice).not.toMatch(/Run it again/);
	});
});

describe('an explanation of a failed poll', () => {
	const fields = labelsOf(new SamespaceTrigger().description.properties);

	it.each(all)('of $kind $status names only what the form of the trigger has', (failure) => {
		const { title, advice } = explainPoll({ ...failure, attempts: 3 });
		expect(namedIn(`${title} ${advice}`).filter((name) => !fields.has(name) && !['Voice', 'Admin'].includes(name))).toEqual([]);
		expect(advice).not.toMatch(/date range|Concurrency|Run it again/);
		expect(advice).toContain('The request was tried 3 times.');
		if (failure.said && failure.kind === 'status') expect(title + advice).toContain('these are its words');
	});
});
