/** Sends a request that the page was asked for to one of the run's own APIs, and to nothing else. */
import http from 'node:http';

export interface SendAsked {
  readonly stack: string;
  /** The API's address in Terraform. */
  readonly api: string;
  readonly method: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Sent {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As text; what is no UTF-8 in it is not shown as it was. */
  readonly body: string;
  readonly milliseconds: number;
}

/** All that is wrong with what was asked. */
export class SendError extends Error {
  override readonly name = 'SendError';
}

/** The API did not answer in time. */
export class SendTimeout extends Error {
  override readonly name = 'SendTimeout';
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds / 1000} s.`);
  }
}

/** More than 15 s that a request may be held for a reload, and 30 s that a gateway waits for a function; in ms. */
const TIMEOUT_MS = 60_000;

/** @throws SendError */
export function readAsked(value: unknown): SendAsked {
  const { stack, api, method, path, headers = {}, body } = (value ?? {}) as Record<string, unknown>;
  const faults: string[] = [];
  for (const [name, given] of Object.entries({ stack, api, method, path })) {
    if (typeof given !== 'string')
      faults.push(`${name}: is ${given === undefined ? 'missing' : JSON.stringify(given)}; send a string.`);
  }
  if (typeof method === 'string' && !/^[A-Za-z]{1,20}$/.test(method)) faults.push(`method: saw ${method}.`);
  // What else stands in a request line would be another request.
  if (typeof path === 'string' && !/^\/[\u0021-\u007e]*$/.test(path)) {
    faults.push('path: begins with / and is encoded: no spaces, nothing but ASCII.');
  }
  if (body !== undefined && typeof body !== 'string') faults.push('body: send a string, or leave it out.');
  if (!isHeaders(headers)) faults.push('headers: send an object of strings.');
  if (faults.length > 0) throw new SendError(faults.join(' '));
  return { stack, api, method, path, headers, body } as SendAsked;
}

function isHeaders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([name, text]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && typeof text === 'string' && !/[\r\n\0]/.test(text),
  );
}

/**
 * @param url where the API listens: `http://127.0.0.1:3000`
 * @param timeoutMs how long the API may be silent
 * @throws SendTimeout
 */
export function sendTo(
  url: string,
  { method, path, headers, body }: SendAsked,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Sent> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path, headers: { ...headers, ...length }, timeout: timeoutMs };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: pairs(response.rawHeaders),
          body: Buffer.concat(chunks).toString(),
          milliseconds: performance.now() - start,
        }),
      );
    });
    request.once('timeout', () => request.destroy(new SendTimeout(timeoutMs)));
    request.once('error', reject);
    request.end(body);
  });
}

function pairs(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? '']);
}
