import * as fc from 'fast-check';

import { clusterOf } from '../../../nodes/Samespace/transport';

const key = 'a key';

function originFor(changes: { clusterId?: string; baseUrl?: string; timezone?: string; apiKey?: string }): unknown {
	const cluster = clusterOf({ clusterId: '', baseUrl: '', apiKey: key, timezone: 'UTC', ...changes });
	return cluster.ok ? cluster.value.origin : cluster.failure.kind;
}

describe('a cluster ID', () => {
	it.each(['acme', 'ACME', ' acme\n', 'a', 'acme-2', '42', 'a'.repeat(63)])('%j is a host of samespace.com', (clusterId) => {
		expect(originFor({ clusterId })).toBe(`https://${clusterId.trim().toLowerCase()}.samespace.com`);
	});

	it.each(['https://acme.samespace.com/app/reports?x=1#y', 'https://acme.samespace.com', 'HTTP://ACME.samespace.com/', ' acme.samespace.com ', 'acme.samespace.com/x'])('%j, pasted from the browser, counts as acme', (clusterId) => {
		expect(originFor({ clusterId })).toBe('https://acme.samespace.com');
	});

	it.each([
		...['evil.example/#', 'evil.example/', 'evil.example?', 'evil.example\\', 'evil.example:443/', 'evil.example@', '@evil.example/'],
		...['evil.samespace.com.example', 'https://evil.example/acme.samespace.com', 'https://evil.example\\acme.samespace.com', 'https://user@acme.samespace.com', 'https://acme.samespace.com:8443', 'a.b.samespace.com', 'ftp://acme.samespace.com', 'acme.', '.acme', '-acme', 'acme-', 'a'.repeat(64), 'ac me', 'acme\nx', 'acme\u0000', 'acme%2e'],
		...['https://evil.example', '//evil.example', 'acme/../..', '#', '?', 'ａｃｍｅ', 'аcme', '\u017fame', '\u212aelvin', '', '   '],
	])('%j is refused before anything is sent', (clusterId) => {
		expect(originFor({ clusterId })).toBe('credential');
	});

	it('leads to samespace.com or nowhere, whatever it is', () => {
		const nasty = fc.stringMatching(/^[a-zA-Z0-9./\\#?@:%\s_-]{0,12}$/);
		fc.assert(
			fc.property(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 })), (clusterId) => {
				const origin = originFor({ clusterId });
				if (origin === 'credential') return;
				expect(new URL('/manage/api/analytics/sessions', String(origin)).hostname).toMatch(/^[a-z0-9-]{1,63}\.samespace\.com$/);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('a base URL', () => {
	it.each([
		['https://reports.example.com', 'https://reports.example.com'],
		['https://reports.example.com/', 'https://reports.example.com'],
		['https://reports.example.com:8443', 'https://reports.example.com:8443'],
		['HTTPS://Reports.Example.COM', 'https://reports.example.com'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['http://localhost:8080', 'http://localhost:8080'],
		['http://[::1]:8080', 'http://[::1]:8080'],
	])('%j is taken instead of the cluster ID', (baseUrl, origin) => {
		expect(originFor({ baseUrl, clusterId: 'acme' })).toBe(origin);
	});

	it.each([
		...['http://reports.example.com', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://127.0.0.1@evil.example', 'http://127.0.0.2'],
		...['https://user:pass@evil.example', 'https://user@evil.example', 'https://reports.example.com/path', 'https://reports.example.com/?x=1', 'https://reports.example.com/#x'],
		...['ftp://reports.example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'reports.example.com', '//reports.example.com', 'https://', 'not a url'],
	])('%j is refused before anything is sent', (baseUrl) => {
		expect(originFor({ baseUrl, clusterId: 'acme' })).toBe('credential');
	});
});

describe('what else a credential holds', () => {
	it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', ' Europe/Berlin ', ''])('%j is a time zone', (timezone) => {
		expect(originFor({ clusterId: 'acme', timezone })).toBe('https://acme.samespace.com');
	});

	it.each(['Berlin', 'Mars/Olympus', 'UTC+25', '../etc'])('%j is none', (timezone) => {
		expect(originFor({ clusterId: 'acme', timezone })).toBe('credential');
	});

	it.each(['', '  ', undefined])('a key of %j is none', (apiKey) => {
		expect(originFor({ clusterId: 'acme', apiKey })).toBe('credential');
	});

	it('is never part of what is said about it', () => {
		for (const changes of [{ clusterId: 'evil/#' }, { baseUrl: 'http://evil.example' }, { timezone: 'x' }]) {
			const cluster = clusterOf({ clusterId: '', baseUrl: '', timezone: 'UTC', apiKey: 'the-secret-key', ...changes });
			expect(JSON.stringify(cluster)).not.toContain('the-secret-key');
		}
	});
});
