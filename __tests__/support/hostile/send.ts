/** Sends attacks over sockets of their own, some at a time. */
import net from 'node:net';
import type { Attack } from './attacks';

/** What has not answered by then is cut off. */
const PATIENCE_MS = 2000;

export interface Target {
  readonly host: string;
  readonly port: number;
}

/** @returns the statuses that came back; a connection that was closed without one gives none */
export function attack({ host, port }: Target, { bytes, ends }: Attack): Promise<number[]> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, allowHalfOpen: true });
    let text = '';
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve([...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)));
    };
    const timer = setTimeout(done, PATIENCE_MS);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.once('end', done);
    socket.once('close', done);
    // A refusal may come, and the connection be reset, before all is sent.
    socket.on('error', () => undefined);
    if (ends) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  });
}

/** So many senders each take the next until there is none. */
export async function eachOf<T>(all: readonly T[], senders: number, act: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (const item of left) await act(item);
    }),
  );
}

/** Connections that send a byte now and then and never come to an end: so many, until they are stopped. */
export function dribble({ host, port }: Target, connections: number): { stop(): void } {
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
