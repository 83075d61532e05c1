/* eslint-disable @n8n/community-nodes/no-restricted-imports -- makes a folder to search */
import { createCipheriv } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { formsOf, leaksIn, searchFolder } from '../../support/leaks.ts';

const secret = 'Nr5ux@9D4"EH\\!rhp&2O9G%uuC#S';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

describe('a secret is found', () => {
	it.each([
		['as it is', secret],
		['in upper case', secret.toUpperCase()],
		['in lower case', secret.toLowerCase()],
		['in JSON', 'Nr5ux@9D4\\"EH\\\\!rhp&2O9G%uuC#S'],
		['in JSON within JSON', escaped(escaped(secret))],
		['in JSON four times over', escaped(escaped(escaped(escaped(secret))))],
		['in JSON without markup', 'Nr5ux@9D4\\u0022EH\\\\!rhp\\u00262O9G%uuC#S'],
		['in a URL', 'Nr5ux%409D4%22EH%5C!rhp%262O9G%25uuC%23S'],
		['in a URL with small letters', 'Nr5ux%409D4%22EH%5c!rhp%262O9G%25uuC%23S'],
		['in a form', 'Nr5ux%409D4%22EH%5C%21rhp%262O9G%25uuC%23S'],
		['in a URL within a URL', 'Nr5ux%25409D4%2522EH%255C!rhp%25262O9G%2525uuC%2523S'],
		['in HTML, by name', 'Nr5ux@9D4&quot;EH\\!rhp&amp;2O9G%uuC#S'],
		['in HTML, by number', 'Nr5ux@9D4&#34;EH\\!rhp&#38;2O9G%uuC#S'],
		['in HTML, by number with zeros', 'Nr5ux@9D4&#034;EH\\!rhp&#038;2O9G%uuC#S'],
		['in HTML, by hex number', 'Nr5ux@9D4&#x22;EH\\!rhp&#x26;2O9G%uuC#S'],
		['in HTML, all signs by number', 'Nr5ux&#64;9D4&#34;EH&#92;&#33;rhp&#38;2O9G&#37;uuC&#35;S'],
		['in HTML within JSON', escaped('<b title="Nr5ux@9D4&quot;EH\\!rhp&amp;2O9G%uuC#S">')],
		['in JSON within HTML', 'Nr5ux@9D4\\&quot;EH\\\\!rhp&amp;2O9G%uuC#S'],
		['in hex', Buffer.from(secret).toString('hex').toUpperCase()],
		['in base64', base64(secret)],
		['in base64 of a header', base64(`user:${secret}`)],
		['in base64, one byte later', base64(`u${secret}!`)],
		['in base64, two bytes later', base64(`u:${secret}?!`)],
		['in base64 of JSON', base64(JSON.stringify({ key: secret }))],
		['in base64 for URLs', Buffer.from(`>>>???${secret}`).toString('base64url')],
	])('%s', (_where, text) => {
		expect(leaksIn(`{"message":"The key ${text} is wrong"}`, secret)).not.toEqual([]);
		expect(leaksIn(text, secret)).not.toEqual([]);
	});

	it('in each of its forms', () => {
		const forms = formsOf(secret);
		expect(forms.length).toBeGreaterThan(50);
		expect(forms.filter((form) => leaksIn(`<${form}>`, secret).length === 0)).toEqual([]);
	});

	it('with a blank and an apostrophe, in a form and in HTML', () => {
		expect(leaksIn('my+key%27s+end', "my key's end")).not.toEqual([]);
		expect(leaksIn('my key&#39;s end', "my key's end")).not.toEqual([]);
		expect(leaksIn('my key&apos;s end', "my key's end")).not.toEqual([]);
	});
});

describe('nothing is found', () => {
	it.each([
		['in the encrypted secret', encrypted(JSON.stringify({ apiKey: secret }))],
		['in half of it', secret.slice(0, 14)],
		['in another key', 'Nr5ux@9D4"EH\\!rhp&2O9G%uuC#T'],
		['in base64 of another key', base64('Nr5ux@9D4"EH\\!rhp&2O9G%uuC#T')],
		['in a stranger', 'The report is incomplete. '.repeat(1000)],
	])('%s', (_where, text) => {
		expect(leaksIn(text, secret)).toEqual([]);
	});
});

it('refuses a secret that turns up by chance', () => {
	expect(() => leaksIn('none of it', 'none')).toThrow('fewer than 6 characters');
});

it('searches ten megabytes of beginnings of the secret, one after the other', () => {
	expect(leaksIn('Nr5ux@9D4"EH\\!rhp&2O9G%uuC#'.repeat(400_000), secret)).toEqual([]);
});

describe('a folder', () => {
	let folder: string;
	beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'samespace-leaks-'))));
	afterEach(async () => await rm(folder, { recursive: true }));

	const put = async (path: string, content: string | Buffer): Promise<void> => {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), content);
	};
	const leaks = async () => await searchFolder(folder, [{ name: 'API key', value: secret }]);

	it('is searched for files, but not in the code of the package and of n8n', async () => {
		await put('logs/start.out', `{"level":"debug","message":${JSON.stringify(secret)}}`);
		await put('node_modules/.n8n/storage/file', Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(secret)]));
		await put('node_modules/.n8n/nodes/node_modules/package/code.js', secret);
		await put('node_modules/.cache/n8n/public/editor.js', secret);
		await put('.n8n-files/clean.csv', 'caller\n+4930123456\n');
		expect((await leaks()).map(({ place }) => place).sort()).toEqual(['logs/start.out', 'node_modules/.n8n/storage/file']);
	});

	it('is searched for rows of databases, in texts that lie on several pages and in blobs', async () => {
		const database = new DatabaseSync(join(folder, 'database.sqlite'));
		database.exec('PRAGMA page_size = 512; CREATE TABLE runs (id INTEGER, data TEXT, file BLOB, credential TEXT)');
		const insert = database.prepare('INSERT INTO runs VALUES (?, ?, ?, ?)');
		for (let length = 0; length < 520; length += 20) insert.run(length, `${'.'.repeat(length)}${secret}`, null, encrypted(secret));
		database.close();
		expect(await leaks()).toContainEqual({ secret: 'API key', place: 'database.sqlite: runs.data' });
		expect(JSON.stringify(await leaks())).not.toContain(escaped(secret));

		const other = new DatabaseSync(join(folder, 'other.sqlite'));
		other.exec('PRAGMA page_size = 512; CREATE TABLE "odd name" (file BLOB, clean TEXT)');
		other.prepare('INSERT INTO "odd name" VALUES (?, ?)').run(Buffer.from(`${'.'.repeat(3000)}${secret}`), encrypted(secret));
		other.close();
		const places = (await leaks()).map(({ place }) => place);
		expect(places.filter((place) => place.startsWith('other.sqlite:'))).toEqual(['other.sqlite: odd name.file']);
		expect(places).not.toContain('database.sqlite: runs.credential');
	});
});

function encrypted(text: string): string {
	const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32, 1), Buffer.alloc(16, 2));
	return Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
}
