/**
 * The load generator, a separate process. Each raw socket sends its next request after the answer to the previous request.
 * Raw sockets take a fraction of the processor time of node:http's client, and leave the rest to the servers.
 */
import { connect, type Socket } from 'node:net';

export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** Text that each valid answer contains. */
  readonly expected: string;
}

export interface LoadFigures {
  /** Valid answers per second. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly answers: number;
  /** Number of invalid answers and broken connections. */
  readonly failures: number;
  /** The first invalid answer or error. */
  readonly failure: string | undefined;
}

function run({ port, path, connections, milliseconds, expected }: LoadOrder): Promise<LoadFigures> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: */*\r\nUser-Agent: bench\r\n\r\n`;
  const times: number[] = [];
  let failures = 0;
  let failure: string | undefined;
  const countFailure = (text: string) => {
    failures += 1;
    failure ??= text.slice(0, 300);
  };
  const start = performance.now();
  const end = start + milliseconds;
  let last = start;

  function runConnection(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let received = '';
      let sent = 0;
      const send = () => {
        received = '';
        sent = performance.now();
        socket.write(request);
      };
      const reconnect = (text?: string) => {
        if (text !== undefined) countFailure(text);
        socket.removeAllListeners('close').on('error', () => undefined);
        socket.destroy();
        if (performance.now() < end && failures < 1000) resolve(runConnection());
        else resolve();
      };
      socket.once('connect', send);
      socket.once('error', (error) => reconnect(error.message));
      socket.once('close', () => reconnect('closed without an answer'));
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
        const complete = isComplete(received);
        if (!complete) return;
        const now = performance.now();
        if (received.startsWith('HTTP/1.1 200') && received.includes(expected)) {
          // Answers after the end are awaited but not counted.
          if (now <= end) times.push(now - sent);
          if (now <= end) last = now;
        } else countFailure(received);
        if (now >= end) return close(socket, resolve);
        if (/\r\nconnection: close\r\n/i.test(received)) return reconnect();
        send();
      });
    });
  }

  return Promise.all(Array.from({ length: connections }, runConnection)).then(() => {
    times.sort((a, b) => a - b);
    const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
    const seconds = (Math.max(last, end) - start) / 1000;
    return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99), answers: times.length, failures, failure };
  });
}

function close(socket: Socket, resolve: () => void): void {
  socket.removeAllListeners('close').on('error', () => undefined);
  socket.destroy();
  resolve();
}

/** Whether the text is a complete HTTP/1.1 response with a body. */
function isComplete(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head)) ?? [];
  if (length !== undefined) return text.length >= head + 4 + Number(length);
  return text.endsWith('\r\n0\r\n\r\n');
}

process.on('message', (order: LoadOrder) => void run(order).then((figures) => process.send?.(figures)));
