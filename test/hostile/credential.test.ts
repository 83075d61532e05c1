import * as fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { SamespaceApi } from '../../credentials/SamespaceApi.credentials';
import { attack, goodCredential } from './support/attack.ts';
import { tallyOf } from './support/tally.ts';
import { oddValue, oddValues } from './support/values.ts';

const counted = tallyOf('credentials and requests to sign');

const sign = async (request: object, credential: object = goodCredential): Promise<IHttpRequestOptions & { uri?: string }> =>
	await new SamespaceApi().authenticate(credential as never, request as never);

const own = 'https://acme.samespace.com/manage';

describe('a request is signed for the address that it is sent to', () => {
	it.each<[object, string]>([
		[{ url: own }, own],
		[{ uri: own }, own],
		[{ url: own, uri: own }, own],
		[{ url: own, uri: 'https://evil.example/' }, own],
		[{ url: '/manage' }, own],
		[{ url: 'manage', baseURL: 'https://acme.samespace.com/x/' }, 'https://acme.samespace.com/x/manage'],
		[{ url: own, baseURL: 'https://evil.example' }, own],
		[{ url: 'HTTPS://ACME.samespace.com:443/manage' }, own],
	])('%j', async (request, address) => {
		const signed = await sign(request);
		expect(signed).toMatchObject({ url: address, uri: address, headers: { 'x-api-key': goodCredential.apiKey } });
		expect(signed).not.toHaveProperty('baseURL');
	});

	it.each([
		...[{ uri: own, url: 'https://evil.example/x' }, { url: 'https:evil.example' }, { url: 'https:/evil.example' }, { url: 'https:\\evil.example' }],
		...[{ url: '//evil.example' }, { url: '\\\\evil.example' }, { url: '/\\evil.example' }, { url: 'https://acme.samespace.com@evil.example' }, { url: 'https://user:pass@acme.samespace.com' }],
		...[{ url: 'https://acme.samespace.com.evil.example' }, { url: 'https://acme.samespace.com:8443/' }, { url: 'http://acme.samespace.com/' }, { url: 'blob:https://acme.samespace.com/x' }],
		...[{ url: '/x', baseURL: 'https://evil.example' }, { url: 'https:evil.example', baseURL: own }, { url: '\thttps://evil.example' }, { url: ' https://evil.example ' }, { url: 'ht\ntps://evil.example' }],
		...[{}, { url: null }, { url: 7 }, { url: { toString: () => own } }, { url: [own] }, { url: 'javascript:alert(1)' }, { url: 'data:,x' }, { url: '/x', baseURL: 7 }],
		...[{ url: 'https://аcme.samespace.com/' }, { url: 'https://acme%2esamespace.com.evil.example/' }, { url: 'wss://acme.samespace.com/' }],
	])('%j is not signed', async (request) => {
		await expect(sign(request)).rejects.toThrow(/only for requests to its own cluster/);
		counted();
	});

	it('whatever addresses it names, it is signed for the cluster or not at all', async () => {
		const piece = fc.constantFrom('https:', 'http:', '//', '/', '\\', '@', ':', '.', '#', '?', 'acme.samespace.com', 'evil.example', 'blob:', '\t', ' ', '%2f', 'x', '443', '[::1]', 'acme');
		const address = fc.oneof(fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')), oddValue);
		await fc.assert(
			fc.asyncProperty(fc.record({ url: address, uri: address, baseURL: address }, { requiredKeys: [] }), async (request) => {
				const signed = await sign(request).catch((error: unknown) => error as Error);
				counted();
				if (signed instanceof Error) return expect(signed.message).toMatch(/own cluster|did not expect|no get|no keys|no text/);
				expect(new URL(signed.url).origin).toBe('https://acme.samespace.com');
				expect(signed.uri).toBe(signed.url);
				expect(signed.baseURL).toBeUndefined();
			}),
			{ numRuns: 5_000 },
		);
	}, 300_000);

	it.each([
		...[{ proxy: 'http://127.0.0.1:1' }, { proxy: { host: '127.0.0.1', port: 1 } }, { agentOptions: { host: '127.0.0.1', port: 1 } }, { agentOptions: { rejectUnauthorized: false } }],
		...[{ skipSslCertificateValidation: true }, { rejectUnauthorized: false }, { proxy: 'http://evil.example', skipSslCertificateValidation: true }],
	])('%j, which leads the connection elsewhere all the same, is refused', async (diversion) => {
		await expect(sign({ url: own, ...diversion })).rejects.toThrow(/doesn't sign requests with a proxy or an agent/);
		await expect(sign({ uri: own, ...diversion })).rejects.toThrow(/doesn't sign requests with a proxy or an agent/);
		counted(2);
	});

	it.each([{ agentOptions: {} }, { skipSslCertificateValidation: false }, { rejectUnauthorized: true }, { proxy: '' }, { qs: { a: 1 }, timeout: 5 }])('%j is signed', async (options) => {
		expect((await sign({ url: own, ...options })).headers).toMatchObject({ 'x-api-key': goodCredential.apiKey });
	});

	it('headers that lead elsewhere or name another key are replaced', async () => {
		const { headers } = await sign({ url: own, headers: { Host: 'evil.example', ' host ': 'evil.example', 'X-Forwarded-Host': 'evil.example', ':authority': 'evil.example', 'X-API-Key': 'another', Accept: 'x' } });
		expect(headers).toEqual({ Accept: 'x', 'x-api-key': goodCredential.apiKey });
	});
});

describe('a credential', () => {
	it.each([
		['a line break', 'key\nx'],
		['a tab', 'k\tey'],
		['NUL', 'k\u0000ey'],
		['DEL', 'k\u007fey'],
		['a control character of Latin-1', 'k\u0085ey'],
		['a letter that HTTP does not know', 'kĀey'],
		['an emoji', 'k😀ey'],
		['full-width letters', 'ｋｅｙ'],
	])('whose key holds %s is refused in words', async (_, apiKey) => {
		await expect(sign({ url: own }, { ...goodCredential, apiKey })).rejects.toThrow(/'API Key' of the credential has a character that can't be sent/);
		counted();
	});

	it('with a key of Latin-1 letters is sent as it is', async () => {
		expect((await sign({ url: own }, { ...goodCredential, apiKey: 'clé§' })).headers).toMatchObject({ 'x-api-key': 'clé§' });
	});

	it.each([
		['a base URL of 17,000 characters', { baseUrl: `https://${'a'.repeat(17_000)}.example` }, /'Base URL'/],
		['a key of 17,000 characters', { apiKey: 'k'.repeat(17_000) }, /'API Key'/],
		['an object as the key', { apiKey: { toString: 'x' } }, /'API Key'/],
		['a list as the cluster ID', { clusterId: ['acme'] }, /'Cluster ID'/],
		['an object as the time zone', { timezone: {} }, /'Time Zone'/],
		['a zone from a list of inherited names', { timezone: 'constructor' }, /'Time Zone'/],
	])('with %s is refused, naming the field', async (_, changes, says) => {
		await expect(sign({ url: own }, { ...goodCredential, ...changes })).rejects.toThrow(says);
		counted();
	});

	it('whose cluster ID and key are numbers is right', async () => {
		expect(await sign({ url: 'https://42.samespace.com/' }, { ...goodCredential, clusterId: 42, apiKey: 4711 })).toMatchObject({ headers: { 'x-api-key': '4711' } });
	});

	it('with any values signs only for its own cluster, or is an error that names a field and not the key', async () => {
		const fields = ['clusterId', 'apiKey', 'timezone', 'baseUrl'] as const;
		const parameters = { resource: 'report', operation: 'getCalls', dateRange: 'today', options: { maxRetries: 0 } };
		for (const field of fields) {
			for (const value of oddValues) {
				await attackWith({ [field]: value });
			}
		}
		await fc.assert(fc.asyncProperty(fc.dictionary(fc.constantFrom(...fields), oddValue, { maxKeys: 3 }), attackWith), { numRuns: 5_000 });

		async function attackWith(changes: object): Promise<void> {
			const { error, signed } = await attack({ parameters, credential: { ...goodCredential, ...changes } as never });
			for (const address of signed) expect(address).toMatch(/^https:\/\/[a-z0-9-]+\.samespace\.com\//);
			if (error) {
				expect(error.message).toMatch(/^The '(Cluster ID|API Key|Time Zone|Base URL)' of the credential /);
				expect(`${error.message}${error.description}`).not.toContain(goodCredential.apiKey);
			}
			counted();
		}
	}, 300_000);
});

it("says what a proxy does to a cluster on this machine: n8n's helpers have no way around it", () => {
	const { hint, description } = new SamespaceApi().properties.find(({ name }) => name === 'baseUrl') ?? {};
	expect(`${hint} ${description}`).toContain('NO_PROXY');
});
