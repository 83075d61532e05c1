/* eslint-disable @n8n/community-nodes/no-restricted-imports -- unpacks the package, writes a certificate */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFile, root } from '../../playground/places.ts';
import { selfSignedCertificate } from '../simulator/testing/certificate.ts';
import type { TlsFiles } from './simulatorProcess.ts';

/** What a run of the benchmark needs on disk, in a folder that goes with it. */
export interface Prepared {
	/** Where this package is installed. */
	packageFolder: string;
	tls: TlsFiles;
	remove(): Promise<void>;
}

/** Installs the packed package, or a copy of a compiled one, beside n8n's own libraries; makes a certificate for the run. */
export async function prepare(compiledFolder?: string): Promise<Prepared> {
	const folder = await mkdtemp(join(tmpdir(), 'samespace-bench-'));
	const modules = join(folder, 'node_modules');
	const packageFolder = join(modules, 'n8n-nodes-samespace');
	await mkdir(packageFolder, { recursive: true });
	if (compiledFolder === undefined) await promisify(execFile)('tar', ['-xzf', packageFile, '-C', packageFolder, '--strip-components=1']);
	else for (const part of ['package.json', 'dist']) await cp(join(compiledFolder, part), join(packageFolder, part), { recursive: true });
	for (const library of ['luxon', 'n8n-workflow']) {
		await symlink(join(root, 'playground', 'node_modules', library), join(modules, library));
	}
	const { cert, key } = selfSignedCertificate();
	const tls = { cert, certFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') };
	await Promise.all([writeFile(tls.certFile, cert), writeFile(tls.keyFile, key, { mode: 0o600 })]);
	return { packageFolder, tls, remove: async () => await rm(folder, { recursive: true, force: true }) };
}
