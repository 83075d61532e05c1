import { generateKeyPairSync, sign } from 'node:crypto';

/** PEM texts, as option `tls` takes them; `cert` is also the `ca` that a client must trust. */
export type Certificate = { key: string; cert: string };

const ecdsaWithSha256 = sequence(bytes(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const commonName = Buffer.from('550403', 'hex');
const subjectAltName = Buffer.from('551d11', 'hex');
const dayMs = 86_400_000;

/** A self-signed certificate for 127.0.0.1 and a host name, good for a day; made here, so no key lies about in files. */
export function selfSignedCertificate(host = 'localhost'): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(bytes(0x31, sequence(bytes(0x06, commonName), bytes(0x0c, Buffer.from(host)))));
	const alternatives = sequence(bytes(0x82, Buffer.from(host)), bytes(0x87, Buffer.from([127, 0, 0, 1])));
	const extensions = sequence(sequence(bytes(0x06, subjectAltName), bytes(0x04, alternatives)));
	const signed = sequence(
		bytes(0xa0, bytes(0x02, Buffer.from([2]))),
		bytes(0x02, Buffer.from([1])),
		ecdsaWithSha256,
		name,
		sequence(utcTime(Date.now() - dayMs), utcTime(Date.now() + dayMs)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		bytes(0xa3, extensions),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign('sha256', signed, privateKey)]);
	const der = sequence(signed, ecdsaWithSha256, bytes(0x03, signature)).toString('base64');
	const lines = der.match(/.{1,64}/g) ?? [];
	const cert = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
	return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
}

/** One DER value: tag, length, content. */
function bytes(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
	return bytes(0x30, Buffer.concat(parts));
}

function utcTime(ms: number): Buffer {
	const digits = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return bytes(0x17, Buffer.from(`${digits}Z`));
}
