const { spawn } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { dirname } = require('node:path');
const { dest, parallel, series, src } = require('gulp');

/** Settles when a command has ended; fails when it has failed. */
function run(command, ...args) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [require.resolve(command), ...args], { stdio: 'inherit' });
		child.on('error', reject);
		child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
	});
}

const clean = () => rm('dist', { recursive: true, force: true });
const compile = () => run('typescript/bin/tsc', '--outDir', 'dist');
const icons = () => src('nodes/**/*.svg', { base: '.' }).pipe(dest('dist'));
const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));

/** What n8n's mapping pane knows before the first run follows from the definitions of the reports. */
async function schemas() {
	const { reports } = require('./dist/nodes/Samespace/reports');
	const { outputSchema } = require('./dist/nodes/Samespace/output/schema');
	for (const report of reports) {
		const file = `dist/nodes/Samespace/__schema__/v1.0.0/report/${report.operation}.json`;
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, `${JSON.stringify(outputSchema(report), null, '\t')}\n`);
	}
}

/** What stands in for whoever publishes the package. */
const placeholder = /your-organization|Your Name|[\w.+-]+@[\w.-]+\.example\b/;

/** Nothing is published while its author and repository are placeholders. */
async function publisher() {
	const places = [];
	const published = ['package.json', 'LICENSE', 'README.md', 'CHANGELOG.md', 'docs/*.md', 'nodes/**/*.{ts,json}', 'credentials/**/*.ts', '.github/**/*.yml'];
	for await (const { relative, contents } of src(published, { base: '.', dot: true })) {
		for (const [index, line] of contents.toString().split('\n').entries()) {
			if (placeholder.test(line)) places.push(`${relative}:${index + 1}: ${line.trim()}`);
		}
	}
	if (places.length > 0) throw new Error(`Before the package can be published, fill in your name, email address and repository here:\n${places.join('\n')}`);
}

exports.publisher = publisher;
exports.build = series(clean, parallel(compile, icons, codex), schemas);
exports.default = exports.build;
