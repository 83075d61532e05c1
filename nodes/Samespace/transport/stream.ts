/** A body that flows. */
export type BodyStream = NodeJS.ReadableStream & {
	push(piece: unknown, encoding?: BufferEncoding): boolean;
	destroy(): void;
};

export function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && 'pipe' in body && typeof body.pipe === 'function';
}

/**
 * Reads a body of UTF-8 text to its end; null where it is larger than `mostBytes`, once decompressed, and then no more of it
 * is held. Rejects where the body breaks off.
 */
export async function readText(body: unknown, mostBytes: number): Promise<string | null> {
	if (!isStream(body)) return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	// It leaves out a byte order mark.
	const decoder = new TextDecoder();
	const pieces: string[] = [];
	let bytes = 0;
	for await (const piece of body) {
		const buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
		bytes += buffer.length;
		if (bytes > mostBytes) return null;
		pieces.push(decoder.decode(buffer, { stream: true }));
	}
	return pieces.join('') + decoder.decode();
}

/** Calls back for each piece that arrives, without taking it: a 'data' listener would. */
export function onArrival(stream: BodyStream, arrived: () => void): void {
	const push = stream.push.bind(stream);
	stream.push = (piece, encoding) => {
		arrived();
		return push(piece, encoding);
	};
}
