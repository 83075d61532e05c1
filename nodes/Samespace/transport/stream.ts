/** A body that flows. */
export type BodyStream = NodeJS.ReadableStream & { destroy(): void };

export function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && 'destroy' in body && typeof body.destroy === 'function';
}

/**
 * Closes a body that nobody wants, and its connection. What n8n hands on is a wrapper, which lets go of the connection
 * only once it has been read from.
 */
export function discard(body: unknown): void {
	if (!isStream(body)) return;
	body.on('error', () => undefined);
	body.once('data', () => body.destroy());
}
