/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a TCP proxy needs sockets and timers */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that takes time. */
export interface DelayProxy {
	port: number;
	close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and passes bytes on to a port there, each `oneWayMs` after it came, in both directions.
 *
 * On loopback a connection is there at once. Far away it takes a round trip before the client may send, so a connection's
 * first bytes are held for one round trip more. Bandwidth and TCP's slow start are not imitated.
 */
export async function startDelayProxy(targetPort: number, oneWayMs: number): Promise<DelayProxy> {
	const open = new Set<Socket>();
	const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
		const upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
		const mayArriveAt = performance.now() + 3 * oneWayMs;
		pass(client, upstream, { oneWayMs, mayArriveAt });
		pass(upstream, client, { oneWayMs, mayArriveAt: 0 });
		for (const [socket, other] of [[client, upstream], [upstream, client]]) {
			open.add(socket);
			socket.on('error', () => other.destroy());
			socket.on('close', () => {
				open.delete(socket);
				// What is still on its way has arrived by then.
				setTimeout(() => other.destroy(), 4 * oneWayMs);
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = async (): Promise<void> =>
		await new Promise((resolve) => {
			server.close(() => resolve());
			for (const socket of open) socket.destroy();
		});
	return { port: (server.address() as AddressInfo).port, close };
}

/** Passes bytes on in the order in which they came: timers of one delay fire in the order in which they were set. */
function pass(from: Socket, to: Socket, { oneWayMs, mayArriveAt }: { oneWayMs: number; mayArriveAt: number }): void {
	let lastArrival = 0;
	const later = (deliver: () => void): void => {
		const now = performance.now();
		lastArrival = Math.max(now + oneWayMs, mayArriveAt, lastArrival);
		setTimeout(deliver, lastArrival - now);
	};
	from.on('data', (bytes) => later(() => to.writable && to.write(bytes)));
	from.on('end', () => later(() => to.writable && to.end()));
}
