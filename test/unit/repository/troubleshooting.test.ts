/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the page and the sources are read from the disk */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import { noticeTitles } from '../../../nodes/Samespace/operations/trigger/notices';
import type { Failure } from '../../../nodes/Samespace/reading';
import { clusterOf } from '../../../nodes/Samespace/transport/cluster';
import { errorOfReason, errorOfStorage } from '../../../nodes/Samespace/transport/errors';
import { explain } from '../../../nodes/Samespace/transport/explain';
import { explainRecording } from '../../../nodes/Samespace/transport/recording';

const root = join(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');

/** The messages of a section's table. */
function listed(section: string): string[] {
	const [, text = ''] = page.split(`\n## ${section}\n`);
	return [...text.split('\n## ')[0].matchAll(/^\| (?!message|---)(.+?) \|/gm)].map(([, message]) => message);
}

/** Each kind of failure, so that the compiler asks for a new one. */
const kinds: { [Kind in Exclude<Failure['kind'], 'status' | 'credential'>]: true } = {
	network: true,
	timeout: true,
	unknownHost: true,
	untrusted: true,
	unreadable: true,
	unexpected: true,
	strange: true,
	reported: true,
	tooLarge: true,
	redirect: true,
	incomplete: true,
	skipIgnored: true,
	zone: true,
	clock: true,
	stopped: true,
};
const statuses = [400, 401, 403, 404, 410, 422, 429, 500, 503];
const failures: Failure[] = [
	...Object.keys(kinds).map((kind) => ({ kind }) as Failure),
	{ kind: 'network', elsewhere: true },
	...statuses.map((status) => ({ kind: 'status', status, said: 'no' }) as Failure),
	...[{}, { apiKey: 'k' }, { apiKey: 'k', clusterId: 'a b' }, { apiKey: 'k', timezone: 'Mars' }, { apiKey: 'k', baseUrl: 'ftp://x' }].map((credential) => {
		const cluster = clusterOf(credential);
		return cluster.ok ? ({} as Failure) : cluster.failure;
	}),
];
const unexpected = errorOfReason({ name: 'Samespace' } as INode, new TypeError('x'), 0).message;
const notStored = errorOfStorage({ name: 'Samespace' } as INode, new Error('x'), 0).message;

const titlesOf = (explained: typeof explain): string[] => failures.map((failure) => explained(failure).title);
const matches = (entry: string, message: string): boolean => new RegExp(`^${entry.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's').test(message);

/** The messages of all problems with parameters, as the sources have them. */
function problems(): string[] {
	const folder = join(root, 'nodes/Samespace');
	const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
	const code = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
	const found = [...code.matchAll(/new ParameterProblem\(\s*(?:`([^`]+)`|"([^"]+)"|'([^']+)')/g)];
	expect(found).toHaveLength([...code.matchAll(/new ParameterProblem\(/g)].length);
	return [...new Set(found.map(([, template, ...texts]) => (template ?? texts.find(Boolean)).replace(/\$\{[^}]*\}/g, '…')))];
}

it('each error of connecting, reading and recordings has an entry, and each entry an error', () => {
	const entries = ['Connecting', 'Reading', 'Recordings', 'The trigger'].flatMap(listed);
	const messages = [...titlesOf(explain), ...titlesOf(explainRecording), unexpected, notStored, ...Object.values(noticeTitles), ...problems()];
	expect(messages.slice(0, 2 * failures.length + 2).filter((message) => !entries.some((entry) => matches(entry, message)))).toEqual([]);
	expect(entries.filter((entry) => !messages.some((message) => matches(entry, message)))).toEqual([]);
});

it('each problem with a parameter has an entry, and each entry a problem', () => {
	const ofRecordings = listed('Recordings').filter((entry) => entry.startsWith("'Recording URL'"));
	expect([...listed('Parameters'), ...ofRecordings].sort()).toEqual(problems().sort());
});

it("each message of the trigger's own has an entry", () => {
	expect(listed('The trigger').sort()).toEqual([...Object.values(noticeTitles), explain({ kind: 'clock' }).title].sort());
});
