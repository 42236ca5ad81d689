/** Stands in front of a real dynalite, writes down every request, and answers some itself, as DynamoDB or a proxy might. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a call by the path `/fault/<n>` meets, one after the other; then the request goes on to dynalite. */
export type Answer =
  | 'reset'
  | 'hang'
  /** The response begins, and its connection breaks. */
  | 'cut'
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

export interface Recorded {
  readonly line: string;
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[];
  readonly body: string;
}

export interface RecordingDynamodb {
  readonly endpoint: string;
  readonly requests: Recorded[];
  stop(): Promise<void>;
}

export async function startRecording(
  target: string,
  faults: readonly (readonly Answer[])[],
): Promise<RecordingDynamodb> {
  const requests: Recorded[] = [];
  const tries = new Map<string, number>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const url = request.url ?? '';
      requests.push({ line: `${request.method} ${url}`, headers: request.rawHeaders, body: body.toString('latin1') });
      const tried = tries.get(url) ?? 0;
      tries.set(url, tried + 1);
      const number = Number(/^\/fault\/(\d+)/.exec(url)?.[1] ?? Number.NaN);
      const answer = faults[number % faults.length]?.[tried];
      if (answer === undefined) forward(target, request, body, response);
      else if (answer === 'reset') request.socket.destroy();
      else if (answer === 'cut') {
        response.writeHead(200, { ...TYPE, 'content-length': 100 }).write('{', () => request.socket.destroy());
      } else if (answer !== 'hang') response.writeHead(answer.status, { ...TYPE, ...answer.headers }).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const TYPE = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'REQUEST-ID' };

function forward(target: string, request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
  const { hostname, port } = new URL(target);
  const onward = http.request({ hostname, port, method: 'POST', headers: request.headers }, (answer) => {
    // dynalite makes ids by chance.
    response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'x-amzn-requestid': 'REQUEST-ID' });
    answer.pipe(response);
  });
  onward.end(body);
}
