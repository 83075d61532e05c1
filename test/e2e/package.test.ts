/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- unpacks the package and has it scanned */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { reports } from '../../nodes/Samespace/reports';
import { node24, packageFile, root } from '../../playground/places.ts';

interface Manifest {
	[field: string]: unknown;
	n8n: { nodes: string[]; credentials: string[] };
}

const folder = mkdtempSync(join(tmpdir(), 'samespace-package-'));
const unpacked = join(folder, 'package');
let files: string[];
let manifest: Manifest;

beforeAll(() => {
	execFileSync('tar', ['-xzf', packageFile, '-C', folder]);
	files = execFileSync('tar', ['-tzf', packageFile], { encoding: 'utf8' }).trim().split('\n').map((file) => file.replace(/^package\//, ''));
	manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Manifest;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('contains only dist, LICENSE, README.md and package.json', () => {
	const papers = files.filter((file) => !file.startsWith('dist/'));
	expect(papers.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
	expect(files.filter((file) => /\.(ts|map|tsbuildinfo)$|\.test\./.test(file))).toEqual([]);
});

it('is built whenever it is packed, as before it is published: nothing stale gets in', () => {
	const packed = join(folder, 'packed');
	mkdirSync(packed);
	mkdirSync(join(root, 'dist', 'nodes'), { recursive: true });
	writeFileSync(join(root, 'dist', 'nodes', 'stale.js'), 'stale');
	execFileSync('npm', ['pack', '--pack-destination', packed], { cwd: root, stdio: 'pipe' });
	const [file] = readdirSync(packed);
	const listed = execFileSync('tar', ['-tzf', join(packed, file)], { encoding: 'utf8' }).trim().split('\n');
	expect(listed).not.toContain('package/dist/nodes/stale.js');
	expect(listed.map((name) => name.replace(/^package\//, '')).sort()).toEqual([...files].sort());
}, 120_000);

it('is smaller than 200 kB', () => {
	expect(statSync(packageFile).size).toBeLessThan(200_000);
});

it("is installed from its file by the README's words, where every n8n of these tests has it", () => {
	const [, words = ''] = /install a package file.*?```\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
	const home = mkdtempSync(join(folder, 'home-'));
	copyFileSync(packageFile, join(home, `n8n-nodes-samespace-${String(manifest.version)}.tgz`));
	execFileSync('sh', ['-ec', words], { cwd: home, env: { HOME: home, PATH: dirname(node24) + ':/usr/bin:/bin' } });
	expect(JSON.parse(readFileSync(join(home, '.n8n/nodes/node_modules/n8n-nodes-samespace/package.json'), 'utf8'))).toEqual(manifest);
});

it('holds every file that n8n is told of', () => {
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect(files).toContain(file);
	for (const node of manifest.n8n.nodes) expect(files).toContain(node.replace(/js$/, 'json'));
	for (const icon of ['samespace.svg', 'samespace.dark.svg']) expect(files).toContain(`dist/nodes/Samespace/${icon}`);
	for (const { operation } of reports) expect(files).toContain(`dist/nodes/Samespace/__schema__/v1.0.0/report/${operation}.json`);
});

it('has no dependencies, overrides or install scripts', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('overrides');
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const runByNpm = Object.entries(manifest.scripts as object).filter(([script]) => /^(pre|post)?(install|prepare|publish|pack)/.test(script));
	expect(runByNpm).toEqual([['prepack', 'npm run build'], ['prepublishOnly', 'n8n-node prerelease && gulp publisher']]);
});

it("passes the scan that n8n makes of a package before it verifies it", () => {
	const script = `
		import { analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';
		const report = await analyzePackage(process.argv[1]);
		console.log(JSON.stringify(report));
	`;
	const printed = execFileSync(node24, ['--input-type=module', '-e', script, unpacked], { cwd: root, encoding: 'utf8' });
	expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual({ passed: true });
}, 120_000);
