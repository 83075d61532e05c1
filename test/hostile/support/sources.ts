/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the product's own sources */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const folders = ['nodes', 'credentials'];

/** Every source file of the product, type-checked. */
export function openSources(): { files: ts.SourceFile[]; checker: ts.TypeChecker } {
	const paths = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
	const sources = paths.filter((path) => path.endsWith('.ts'));
	const { config } = ts.parseConfigFileTextToJson('tsconfig.json', readFileSync('tsconfig.json', 'utf8')) as { config: { compilerOptions: object } };
	const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
	const program = ts.createProgram(sources, options);
	return { files: sources.map((path) => program.getSourceFile(path) as ts.SourceFile), checker: program.getTypeChecker() };
}

/** Each part of a file, outermost first. */
export function* partsOf(node: ts.Node): Generator<ts.Node> {
	yield node;
	for (const child of node.getChildren()) yield* partsOf(child);
}
