/** A proxy in front of dynalite. It records every request, and answers some requests with faults of DynamoDB or of a proxy. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The answer to one attempt of a call to the path `/fault/<n>`. After the last answer of list `n`, attempts are forwarded
 * to dynalite.
 */
export type Answer =
  | 'reset'
  | 'hang'
  /** The connection breaks after the start of the response. */
  | 'cut'
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

export interface RecordedRequest {
  /** Method and path. */
  readonly line: string;
  /** Names and values alternate, in the order of the request. */
  readonly headers: readonly string[];
  readonly body: string;
}

export interface RecordingDynamodb {
  readonly endpoint: string;
  readonly requests: RecordedRequest[];
  stop(): Promise<void>;
}

export async function startRecording(
  target: string,
  faults: readonly (readonly Answer[])[],
): Promise<RecordingDynamodb> {
  const requests: RecordedRequest[] = [];
  const attempts = new Map<string, number>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const url = request.url ?? '';
      requests.push({ line: `${request.method} ${url}`, headers: request.rawHeaders, body: body.toString('latin1') });
      const attempt = attempts.get(url) ?? 0;
      attempts.set(url, attempt + 1);
      const number = Number(/^\/fault\/(\d+)/.exec(url)?.[1] ?? Number.NaN);
      const answer = faults[number % faults.length]?.[attempt];
      if (answer === undefined) forward(target, request, body, response);
      else if (answer === 'reset') request.socket.destroy();
      else if (answer === 'cut') {
        response.writeHead(200, { ...HEADERS, 'content-length': 100 }).write('{', () => request.socket.destroy());
      } else if (answer !== 'hang')
        response.writeHead(answer.status, { ...HEADERS, ...answer.headers }).end(answer.body);
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

const HEADERS = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'REQUEST-ID' };

function forward(target: string, request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
  const { hostname, port } = new URL(target);
  const forwarded = http.request({ hostname, port, method: 'POST', headers: request.headers }, (answer) => {
    // dynalite's request ids are random.
    response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'x-amzn-requestid': 'REQUEST-ID' });
    answer.pipe(response);
  });
  forwarded.end(body);
}
