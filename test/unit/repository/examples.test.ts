/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the examples and their page are read from the disk */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowFile } from '../../../playground/workflows';

const folder = join(__dirname, '../../../examples');
const page = readFileSync(join(folder, '../docs/examples.md'), 'utf8');
const files = readdirSync(folder).sort();
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

it('there are twelve, and each has an entry with its picture on the page, in the same order', () => {
	expect(files).toHaveLength(12);
	const titles = files.map((file) => (JSON.parse(textOf(file)) as WorkflowFile).name);
	expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(titles);
	expect([...page.matchAll(/^\| \[(.+?)\]/gm)].map(([, title]) => title)).toEqual(titles);
	expect([...page.matchAll(/\]\(\.\.\/examples\/(.+?)\)/g)].map(([, file]) => file)).toEqual(files);
	expect([...page.matchAll(/!\[.+?\]\(examples\/(.+?)\.png\)/g)].map(([, name]) => `${name}.json`)).toEqual(files);
});

describe.each(files)('%s', (file) => {
	const text = textOf(file);
	const { name, nodes, connections } = JSON.parse(text) as WorkflowFile;

	it('has a note that says what it does, what to change and what it costs', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote').map(({ parameters }) => String(parameters.content));
		expect(notes).toHaveLength(1);
		expect(notes[0].startsWith(`## ${name}\n`)).toBe(true);
		expect(notes[0]).toMatch(/\*\*(Change|Set up)\*\*/);
		expect(notes[0]).toContain('**Cost:**');
		for (const [, named] of notes[0].matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)) {
			const known = [...nodes.map((node) => node.name), 'SMTP', 'Basic Auth', 'Postgres'];
			expect(known).toContain(named);
		}
	});

	it('has neither a Code node nor a secret, and all that it connects is there', () => {
		expect(nodes.filter(({ type }) => /\.(code|function|functionItem)$/.test(type))).toEqual([]);
		expect(text).not.toMatch(/Voice@|api_?key"|password|x-api-key/i);
		for (const { credentials = {} } of nodes) for (const credential of Object.values(credentials)) expect(Object.keys(credential)).toEqual(['id', 'name']);
		const named = [...Object.keys(connections), ...[...text.matchAll(/"node": "([^"]+)"|\$\('([^']+)'\)/g)].map(([, one, other]) => one ?? other)];
		expect(named.filter((title) => !nodes.some((node) => node.name === title))).toEqual([]);
	});
});
