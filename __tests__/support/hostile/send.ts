/** Sends attacks over raw sockets. */
import net from 'node:net';
import type { Attack } from './attacks';

/** After this time without a response, the sender closes the connection. */
const TIMEOUT_MS = 2000;

export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Sends one attack. @returns the statuses of the responses; empty when the server closed the connection without a response */
export function attack({ host, port }: Target, { bytes, ends }: Attack): Promise<number[]> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, allowHalfOpen: true });
    let text = '';
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve([...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)));
    };
    const timer = setTimeout(done, TIMEOUT_MS);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.once('end', done);
    socket.once('close', done);
    // The server may refuse the request and reset the connection before all bytes are sent.
    socket.on('error', () => undefined);
    if (ends) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  });
}

/** Runs an action on each item, at most `concurrency` actions at the same time. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  concurrency: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const remaining = items.values();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const item of remaining) await action(item);
    }),
  );
}

/** Opens connections whose requests never end: each sends ten bytes a second until it is stopped. */
export function startSlowRequests({ host, port }: Target, connections: number): { stop(): void } {
  const sockets = Array.from({ length: connections }, (_, index) => {
    const socket = net.connect({ host, port });
    socket.on('error', () => undefined);
    socket.write(
      index % 2 === 0
        ? 'GET /items HTTP/1.1\r\nHost: x\r\n'
        : 'PUT /items HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n',
    );
    return socket;
  });
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('A');
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}
