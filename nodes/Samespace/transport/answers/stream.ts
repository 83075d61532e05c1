import { inTurn } from '../turn';

/** A body that flows. */
export type BodyStream = NodeJS.ReadableStream & {
	push(piece: unknown, encoding?: BufferEncoding): boolean;
	destroy(): void;
};

export function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && 'pipe' in body && typeof body.pipe === 'function';
}

/** A larger text is decoded in parts, so that others get their turn in between. It takes V8 longer to put them together than to decode them, so a usual page is one. */
const wholeBytes = 2 * 1024 * 1024;
const partBytes = 512 * 1024;

/**
 * Reads a body of UTF-8 text to its end; null where it is larger than `mostBytes`, once decompressed, and then no more of it
 * is held. Rejects where the body breaks off.
 */
export async function readText(body: unknown, mostBytes: number): Promise<string | null> {
	if (!isStream(body)) return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	const pieces: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of body) {
		const buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
		bytes += buffer.length;
		if (bytes > mostBytes) return null;
		pieces.push(buffer);
	}
	return bytes <= wholeBytes ? await inTurn(() => new TextDecoder().decode(Buffer.concat(pieces, bytes))) : await decodedInParts(pieces);
}

async function decodedInParts(pieces: readonly Uint8Array[]): Promise<string> {
	const parts: string[] = [];
	let waiting: Uint8Array[] = [];
	let bytes = 0;
	for (const [at, piece] of pieces.entries()) {
		waiting.push(piece);
		bytes += piece.length;
		const isLast = at === pieces.length - 1;
		if (bytes < partBytes && !isLast) continue;
		const part = Buffer.concat(waiting, bytes);
		const end = isLast ? part.length : endOfCharacters(part);
		// A byte order mark is left out where it is one: at the beginning.
		const decoder = new TextDecoder('utf-8', { ignoreBOM: parts.length > 0 });
		parts.push(await inTurn(() => decoder.decode(part.subarray(0, end))));
		waiting = [part.subarray(end)];
		bytes = part.length - end;
	}
	return await inTurn(() => parts.join(''));
}

/** Where the last character begins, if it may go on in the next part; otherwise the length. */
function endOfCharacters(part: Uint8Array): number {
	for (let at = part.length - 1; at >= Math.max(0, part.length - 3); at -= 1) {
		const isContinuation = (part[at] & 0b1100_0000) === 0b1000_0000;
		if (!isContinuation) return part[at] >= 0b1100_0000 ? at : part.length;
	}
	return part.length;
}

/** Calls back for each piece that arrives, without taking it: a 'data' listener would. */
export function onArrival(stream: BodyStream, arrived: () => void): void {
	const push = stream.push.bind(stream);
	stream.push = (piece, encoding) => {
		arrived();
		return push(piece, encoding);
	};
}
