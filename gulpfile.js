const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
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
const schemas = () => src('nodes/**/__schema__/**/*.json', { base: '.' }).pipe(dest('dist'));

exports.build = series(clean, parallel(compile, icons, codex, schemas));
exports.default = exports.build;
