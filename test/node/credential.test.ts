import { SamespaceApi } from '../../credentials/SamespaceApi.credentials';

const credential = { clusterId: 'acme', apiKey: ' the key ', timezone: 'UTC', baseUrl: '' };

const sign = async (options: object): Promise<{ [name: string]: unknown }> =>
	(await new SamespaceApi().authenticate(credential, options as never)) as unknown as { [name: string]: unknown };

it.each([
	[{ url: 'https://acme.samespace.com/x' }],
	[{ uri: 'https://acme.samespace.com/x' }],
	[{ url: '/x', baseURL: 'https://acme.samespace.com' }],
	[{ url: '/x' }],
])('%j is signed, and redirects are not followed', async (options) => {
	expect(await sign(options)).toMatchObject({ headers: { 'x-api-key': 'the key' }, disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
});

it.each([
	[{ url: 'https://evil.example/x' }],
	[{ uri: 'https://evil.example/x' }],
	[{ uri: 'http://acme.samespace.com/x' }],
	[{ url: '//evil.example/x' }],
	[{ url: '/x', baseURL: 'https://evil.example' }],
	[{ url: 'https://acme.samespace.com.evil.example/' }],
	[{}],
])('%j is not signed', async (options) => {
	await expect(sign(options)).rejects.toThrow('only for requests to its own cluster');
});
