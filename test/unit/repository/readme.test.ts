/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the pages are read from the disk */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { SamespaceApi } from '../../../credentials/SamespaceApi.credentials';
import { filters } from '../../../nodes/Samespace/parameters/filters';
import { reports } from '../../../nodes/Samespace/reports';
import { Samespace } from '../../../nodes/Samespace/Samespace.node';
import { SamespaceTrigger } from '../../../nodes/Samespace/SamespaceTrigger.node';

const root = join(__dirname, '../../..');
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const readme = textOf('README.md');
const reference = textOf('docs/reference.md');
const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs];
const manifest = JSON.parse(textOf('package.json')) as { scripts: object; engines: { node: string }; description: string };

/** The rows below a table's head, as cells. */
function tableBelow(head: string, page = reference): string[][] {
	const [, below] = page.split(`${head}\n`);
	if (below === undefined) throw new Error(`There is no table '${head}'`);
	const rows = below.split('\n').slice(1);
	const end = rows.findIndex((line) => !line.startsWith('|'));
	return rows.slice(0, end).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
}

const action = new Samespace().description.properties;
const trigger = new SamespaceTrigger().description.properties;

/** Parameters of this name; the form has one for each report. */
function named(name: string, form: INodeProperties[] = action): INodeProperties[] {
	const found = form.filter((property) => property.name === name);
	if (found.length === 0) throw new Error(`The form has no '${name}'`);
	return found;
}

const choicesOf = (properties: INodeProperties[]): INodePropertyOptions[] => properties.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
const entriesOf = (properties: INodeProperties[]): INodeProperties[] => properties.flatMap(({ options = [] }) => options as Array<INodeProperties | INodePropertyCollection>) as INodeProperties[];
const unique = <Value>(values: Value[]): Value[] => [...new Set(values)];
const sorted = (values: string[]): string[] => unique(values).sort();
/** A default as the README writes it. */
function shownDefault({ default: value, options }: INodeProperties): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return (options as INodePropertyOptions[] | undefined)?.find((choice) => choice.value === value)?.name ?? String(value);
}

describe("the pages' tables have just what the form has", () => {
	it('credential', () => {
		const labels = new SamespaceApi().properties.filter(({ type }) => type !== 'notice').map(({ displayName }) => displayName);
		expect(tableBelow('| field | what to enter |', readme).map(([label]) => label).sort()).toEqual(sorted(labels));
	});

	it('reports and their fields', () => {
		const rows = tableBelow('| operation | one record is | fields |').map(([operation, , fields]) => [operation, sorted([...fields.matchAll(/`([^`]+)`/g)].map(([, field]) => field))]);
		const operations = choicesOf(named('operation')).filter(({ value }) => reports.some(({ operation }) => operation === value));
		const defined = operations.map(({ name, value }) => {
			const report = reports.find(({ operation }) => operation === value);
			return [name, sorted([...(report?.columns ?? []), ...(report?.added ?? [])].map(({ name: field }) => field))];
		});
		expect(rows).toEqual(defined);
	});

	it('simplified fields', () => {
		const documented = tableBelow('| one item is | fields |').map(([, fields]) => [...fields.matchAll(/`([^`]+)`/g)].map(([, field]) => field));
		expect(documented).toEqual(reports.flatMap((report) => [[...report.simplified], ...('answers' in report && report.answers ? [[...report.answers.simplified]] : [])]));
	});

	it('date ranges', () => {
		const [, sentence = ''] = /\*\*Date Range\*\* offers ([^.]+)\./.exec(reference.replace(/\s+/g, ' ')) ?? [];
		expect(sentence.replace(' (the default)', '').split(/, | and /)).toEqual(unique(choicesOf(named('dateRange')).map(({ name }) => name)));
	});

	it('filters, and the reports that have them', () => {
		const documented = tableBelow('| filter | reports | what it does |').map(([label, which]) => [label, which]);
		const defined = filters.flatMap((filter) => {
			const which = reports.filter((report) => filter.isOf(report)).map(({ title }) => title);
			return filter.fields.map(({ label }) => [label, which.join(', ')]);
		});
		expect(documented).toEqual(defined);
	});

	it('options, with their defaults', () => {
		const documented = tableBelow('| option | default | what it does |').map(([label, usual]) => `${label}: ${usual.replace(/, and up to .*/, '')}`);
		expect(sorted(documented)).toEqual(sorted(entriesOf(named('options')).map((option) => `${option.displayName}: ${shownDefault(option)}`)));
	});

	it('outputs', () => {
		expect(sorted(tableBelow('| Output | what you get |').map(([name]) => name))).toEqual(sorted(choicesOf(named('output')).map(({ name }) => name)));
		expect(sorted(tableBelow('| Return As | what you get |').map(([name]) => name))).toEqual(sorted(choicesOf(named('returnAs')).map(({ name }) => name)));
	});

	it('options of the trigger, with their defaults', () => {
		const rows = tableBelow('| setting | default | higher | lower |', textOf('docs/trigger.md'));
		const documented = rows.map(([label, usual]) => `${label.replaceAll('*', '')}: ${usual}`);
		const options = entriesOf(named('options', trigger));
		const defaultsOf = (label: string): string => unique(options.filter(({ displayName }) => displayName === label).map(shownDefault)).join(', ');
		expect(documented.sort()).toEqual(sorted(options.map(({ displayName: label }) => `${label}: ${defaultsOf(label)}`)));
	});
});

describe('what the pages name is there', () => {
	it('each page is linked from the README, and none that people write is longer than they read', () => {
		for (const page of docs) expect(readme).toContain(`](${page}`);
		for (const page of pages.filter((name) => name !== 'docs/benchmark.md')) expect([page, textOf(page).split('\n').length <= 200]).toEqual([page, true]);
	});

	it.each(pages)('%s: files and headings of links', (page) => {
		const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link);
		const broken = links.filter((link) => {
			const [path, heading] = link.split('#');
			const file = path === '' ? page : join(dirname(page), path);
			return !existsSync(join(root, file)) || (heading !== undefined && !headingsOf(file).includes(heading));
		});
		expect(broken).toEqual([]);
	});

	it("headings of the README that n8n's editor links to", () => {
		const linking = ['credentials/SamespaceApi.credentials.ts', 'nodes/Samespace/Samespace.node.json', 'nodes/Samespace/SamespaceTrigger.node.json'];
		const links = linking.flatMap((file) => [...textOf(file).matchAll(/n8n-nodes-samespace#([\w-]+)/g)].map(([, heading]) => heading));
		expect(links.length).toBeGreaterThan(2);
		expect(links.filter((heading) => heading !== 'readme' && !headingsOf('README.md').includes(heading))).toEqual([]);
	});

	it.each([...pages, ...readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`), '.github/ISSUE_TEMPLATE/bug.yml'])('%s: scripts', (page) => {
		const scripts = [...textOf(page).matchAll(/npm (?:run ([\w:]+)|(start|test)\b)/g)].map(([, run, own]) => run ?? own);
		expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
	});

	it('the releases of n8n that are tried, the newest of them everywhere', () => {
		const tried = JSON.parse(textOf('test/versions/releases.json')) as Array<{ n8n: string; node: string }>;
		expect(tableBelow('| n8n | on Node | reports | files | recordings | credential test | dropdowns | hints | Stop | trigger |', readme).map(([n8n, node]) => ({ n8n, node }))).toEqual(tried);
		expect(tried.at(-1)?.n8n).toBe((JSON.parse(textOf('playground/package.json')) as { dependencies: { n8n: string } }).dependencies.n8n);
		expect(readme).toContain(`n8n ${tried[0].n8n.split('.').slice(0, 2).join('.')} or later`);
	});

	it('the Node that is needed', () => {
		expect(readme).toContain(`Node ${manifest.engines.node.replace('>=', '')} or later`);
	});
});

/** The addresses of a page's headings, as GitHub makes them. */
function headingsOf(page: string): string[] {
	return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w\s-]/g, '').trim().replace(/\s/g, '-'));
}
