/** Sends HTTP requests without normalizing their paths, the case of their headers or their bodies. */
import http from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; undefined when it is not JSON. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests assert its shape
}

export interface SendOptions {
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
}

const agent = new http.Agent({ keepAlive: true });

export function send(base: string, method: string, path: string, options: SendOptions = {}): Promise<Answer> {
  const { headers, body } = options;
  const { hostname, port } = new URL(base);
  // Without a content length, Node.js sends no body with GET and DELETE.
  const framing = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, method, path, agent, headers: { ...framing, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parseOrUndefined(text) });
        });
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

/** Sends a value as JSON, with the content type application/json. */
export function sendJson(base: string, method: string, path: string, body: unknown): Promise<Answer> {
  return send(base, method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
