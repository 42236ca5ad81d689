/** An HTTP client that sends paths, header case and bodies unchanged. */
import http from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- any response body
}

export interface Send {
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
}

const agent = new http.Agent({ keepAlive: true });

export function send(base: string, method: string, path: string, { headers, body }: Send = {}): Promise<Answer> {
  const { hostname, port } = new URL(base);
  // Node.js sends the body of a DELETE or a GET correctly only with a content-length.
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
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
        });
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

/** Sends JSON with its content type. */
export function sendJson(base: string, method: string, path: string, body: unknown): Promise<Answer> {
  return send(base, method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
