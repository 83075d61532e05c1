/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the files and databases that n8n leaves behind */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { HOME_FOLDER } from '../../playground/environment.ts';

// Imports nothing of the node's own redaction: it would share its mistakes.

/** A value that must not be found, and its name in messages. */
export interface Secret {
	name: string;
	value: string;
}

/** The name of a secret, and the file or `table.column` where it was found. Never its value. */
export interface Leak {
	secret: string;
	place: string;
}

/** Shorter values turn up by chance. */
const shortest = 6;
const punctuation = /[^A-Za-z0-9]/g;
const markup = /[&<>"']/g;
const entities: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** The installed package, and the editor's scripts that n8n copies. */
const notSearched = [join(HOME_FOLDER, '.n8n', 'nodes'), join(HOME_FOLDER, '.cache')];

type Escape = (text: string) => string;

/** Replaces each matching character by a text made from its code. */
const replacing = (pattern: RegExp, written: (code: number) => string): Escape => {
	return (text) => text.replace(pattern, (character) => written(character.charCodeAt(0)));
};
const unicode = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
const decimal = (code: number): string => `&#${code};`;
const hexadecimal = (code: number): string => `&#x${code.toString(16)};`;

const escapes: Escape[] = [
	(text) => text,
	(text) => JSON.stringify(text).slice(1, -1),
	replacing(markup, unicode),
	replacing(punctuation, unicode),
	encodeURIComponent,
	(text) => new URLSearchParams({ '': text }).toString().slice(1),
	(text) => text.replace(markup, (character) => entities[character]),
	replacing(/'/g, decimal),
	...[markup, punctuation].flatMap((pattern) => [replacing(pattern, decimal), replacing(pattern, hexadecimal)]),
];

/**
 * All forms of a secret: as it is; escaped for JSON, URLs, forms or HTML, and escaped once more; in hex; and in base64, at
 * each of the three offsets that it may have within a longer text.
 */
export function formsOf(secret: string): string[] {
	return [...new Set([...writtenForms(secret), ...base64Forms(secret)])];
}

/** The forms of a secret that are in a text. Only base64 is case-sensitive. */
export function leaksIn(text: string, secret: string): string[] {
	return searcherFor(secret)(text);
}

/** Searches an instance's folder: every file, and every row of its SQLite databases. n8n must have been stopped. */
export async function searchFolder(folder: string, secrets: Secret[]): Promise<Leak[]> {
	const searchers = secrets.map(({ name, value }) => ({ name, search: searcherFor(value) }));
	const found = new Map<string, Leak>();
	const look = (text: string, place: string): void => {
		for (const { name, search } of searchers) {
			if (search(text).length > 0) found.set(`${name} ${place}`, { secret: name, place });
		}
	};
	for (const path of await filesIn(folder)) {
		const content = await readFile(join(folder, path));
		look(content.toString(), path);
		if (content.toString('latin1', 0, 15) === 'SQLite format 3') {
			for (const [column, text] of textsOf(join(folder, path))) look(text, `${path}: ${column}`);
		}
	}
	return [...found.values()];
}

function writtenForms(secret: string): string[] {
	const once = escapes.map((escape) => escape(secret));
	const twice = once.flatMap((form) => escapes.map((escape) => escape(form)));
	return [...new Set([...twice, Buffer.from(secret).toString('hex')])];
}

function base64Forms(secret: string): string[] {
	const forms = escapes.flatMap((escape) => [0, 1, 2].map((before) => base64At(escape(secret), before)));
	return [...new Set(forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]))];
}

/** The base64 characters, of six bits each, that the text alone determines when so many bytes come before it. */
function base64At(text: string, bytesBefore: number): string {
	const bytes = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(text)]);
	return bytes.toString('base64').slice(Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

function searcherFor(secret: string): (text: string) => string[] {
	if (secret.length < shortest) throw new Error(`A secret of fewer than ${shortest} characters can't be searched for`);
	const written = new Map(writtenForms(secret).map((form) => [normalized(form).toLowerCase(), form]));
	const base64 = base64Forms(secret);
	return (text) => {
		const plain = normalized(text);
		const lower = plain.toLowerCase();
		const asWritten = [...written].filter(([form]) => lower.includes(form)).map(([, form]) => form);
		return [...asWritten, ...base64.filter((form) => plain.includes(form))];
	};
}

/** Without backslashes, JSON is the same however often it is nested; and entities may have leading zeros. */
function normalized(text: string): string {
	return text.replaceAll('\\', '').replace(/&#(x?)0+/gi, '&#$1');
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
	return files.filter((path) => !notSearched.some((skipped) => path.startsWith(skipped)));
}

/** Every text and blob of a database, with its `table.column`. In the file, SQLite splits long ones over pages. */
function* textsOf(file: string): Generator<[column: string, text: string]> {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
		for (const { name } of tables) {
			for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).iterate()) {
				for (const [column, value] of Object.entries(row)) {
					if (typeof value === 'string') yield [`${String(name)}.${column}`, value];
					if (value instanceof Uint8Array) yield [`${String(name)}.${column}`, Buffer.from(value).toString()];
				}
			}
		}
	} finally {
		database.close();
	}
}
