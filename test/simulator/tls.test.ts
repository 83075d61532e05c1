/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs on Node itself, not in n8n */
import { get } from 'node:https';
import { startSimulator } from './index.ts';
import { selfSignedCertificate } from './testing/certificate.ts';

it('speaks https with a certificate that a client can verify, and only then', async () => {
	const tls = selfSignedCertificate();
	const simulator = await startSimulator({ days: 1, tls });
	const status = async (ca?: string): Promise<number | undefined> =>
		await new Promise((resolve, reject) => {
			get(simulator.url, { ca, agent: false }, (response) => resolve(response.resume().statusCode)).on('error', reject);
		});
	expect(simulator.url).toMatch(/^https:/);
	expect(await status(tls.cert)).toBe(404);
	await expect(status()).rejects.toThrow(/self-signed/);
	await simulator.close();
});
