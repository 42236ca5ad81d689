/** Sends a request exactly as a case states it: the path, repeated headers and the case of header names stay unchanged. */
import http from 'node:http';
import https from 'node:https';

export interface WireAnswer {
  readonly status: number;
  /** By lower-case name. Repeated headers are an array. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string;
}

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array | undefined;
}

/**
 * @param base `https://host`, without a path
 * @param via the address to connect to, such as an emulator's; the Host header keeps the name in `base`
 */
export function sendAsIs(
  base: string,
  { method, path, headers, body }: WireRequest,
  via: string = base,
): Promise<WireAnswer> {
  const { host } = new URL(base);
  const { protocol, hostname, port } = new URL(via);
  const defaults: [string, string][] = [['Host', host]];
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  if (body !== undefined && !named.has('transfer-encoding')) {
    defaults.push(['Content-Length', String(Buffer.byteLength(body))]);
  }
  const all = [...defaults.filter(([name]) => !named.has(name.toLowerCase())), ...headers];
  const options = { hostname, port, method, path, headers: all.flat() as unknown as http.OutgoingHttpHeaders };
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? https : http).request({ ...options, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: headersOf(response.rawHeaders),
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    // A server that refuses a body may close the connection before the body is sent.
    request.once('error', reject);
    request.end(body);
  });
}

function headersOf(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return headers;
}
