// What a fresh clone lacks, done in order and only when its inputs changed: the packages of the root and of
// the playground, the build, the packed package. Runs on the machine's own Node, before anything is installed.
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, npm } from './npm.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const work = join(root, '.work');
/** The packed package, always under this name, whatever its version. */
export const packageFile = join(work, 'package', 'n8n-nodes-samespace.tgz');

const SOURCES = [
	'nodes',
	'credentials',
	'gulpfile.js',
	'package.json',
	'tsconfig.json',
	'README.md',
	'CHANGELOG.md',
	'LICENSE',
];

/**
 * Brings the clone into working order and says on the terminal what it does.
 * @param {{ playground: boolean }} options whether n8n itself (2.9 GB) is needed too
 */
export async function setUp({ playground }) {
	mkdirSync(work, { recursive: true });
	await install(root, 'tools', '1 to 3 minutes');
	if (playground) await install(join(root, 'playground'), 'n8n', '4 to 10 minutes, 2.9 GB, and compiles SQLite at the end');
	await pack();
}

async function install(folder, what, hint) {
	const lock = join(folder, 'package-lock.json');
	const stamp = join(folder, 'node_modules', '.installed-lock.sha256');
	const { allowScripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const wanted = `${hashOf([lock])} ${JSON.stringify(allowScripts)}`;
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	const locked = lockedPackages(lock);
	const isThere = isInstalled(folder, locked);
	if (!isThere) console.log(`Installing ${what}: ${hint} …`);
	// Not `npm ci`: it refuses a lock made where the registry lacks packages for other platforms, and takes
	// away what somebody may be using. The versions are those of the lock all the same.
	await installPackages({ folder, what, options: ['--no-save', '--include=dev'], logs: work, progress: () => countPresent(folder, locked), isThere });
	writeFileSync(stamp, wanted);
}

// npm writes node_modules/.package-lock.json last of all: where it has all of the lock, somebody's own
// `npm install` was whole. Packages for other platforms are in the lock alone.
function isInstalled(folder, locked) {
	const mark = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(mark)) return false;
	const installed = lockedPackages(mark);
	return [...locked].every(
		([path, { version, optional, extraneous }]) =>
			optional || extraneous || installed.get(path)?.version === version,
	);
}

function countPresent(folder, locked) {
	const present = [...locked.keys()].filter((path) => existsSync(join(folder, path, 'package.json')));
	if (present.length === 0) return 'resolving packages';
	return `${present.length.toLocaleString('en')} of ${locked.size.toLocaleString('en')} packages`;
}

function lockedPackages(file) {
	const { packages } = JSON.parse(readFileSync(file, 'utf8'));
	return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}

async function pack() {
	const folder = dirname(packageFile);
	const stamp = join(folder, 'inputs.sha256');
	const inputs = hashOf(SOURCES.flatMap((name) => filesUnder(join(root, name))));
	if (existsSync(packageFile) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
	// Nobody shall test an old package because the new one could not be built.
	rmSync(packageFile, { force: true });
	mkdirSync(folder, { recursive: true });
	// Packing builds first (`prepack`), here as where the package is published.
	await npm(['pack', '--pack-destination', folder], { cwd: root, log: join(work, 'pack.log'), label: 'Packing the package' });
	const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	renameSync(join(folder, `${name}-${version}.tgz`), packageFile);
	writeFileSync(stamp, inputs);
}

function filesUnder(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

function hashOf(files) {
	const hash = createHash('sha256');
	for (const file of files) hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update('\0');
	return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await setUp({ playground: true }).catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
