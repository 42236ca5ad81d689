/** Sends a request from the console page to an API of this run. */
import http from 'node:http';
import { HttpError, parseJsonObject } from './responses';

export interface SendRequest {
  readonly stack: string;
  /** The API's Terraform address. */
  readonly api: string;
  readonly method: string;
  /** Path and query, URL-encoded. */
  readonly path: string;
  /** A header with several values is sent several times. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer | undefined;
}

export interface SendResult {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decoded as UTF-8. */
  readonly body: string;
  readonly milliseconds: number;
}

/** Longer than the maximum delay by a reload (15 s) and the maximum integration timeout (30 s) together. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** Not CONNECT: it asks for a tunnel, and an API sends no response. */
const METHOD = /^(?!CONNECT$)[A-Za-z]{1,20}$/i;
/** No whitespace or line breaks: such a path could add a second request to the connection. */
const PATH = /^\/[\u0021-\u007e]*$/;
/** The characters that Node.js sends in a header. */
const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Parses and checks a SendRequest.
 * @param text the SendRequest as JSON
 * @throws HttpError (400) with all problems of the request
 */
export function parseSendRequest(text: string): SendRequest {
  const { stack, api, method, path, headers = {}, body } = parseJsonObject(text);
  const problems: string[] = [];
  for (const [name, value] of Object.entries({ stack, api, method, path })) {
    if (typeof value === 'string') continue;
    problems.push(`${name}: is ${value === undefined ? 'missing' : JSON.stringify(value)}; send a string.`);
  }
  if (typeof method === 'string' && !METHOD.test(method))
    problems.push(`method: saw ${method}; send up to 20 letters, and not CONNECT.`);
  if (typeof path === 'string' && !PATH.test(path)) {
    problems.push('path: must begin with / and be URL-encoded, without spaces, in ASCII.');
  }
  if (body !== undefined && typeof body !== 'string') problems.push('body: send a string, or leave it out.');
  if (!isHeaders(headers))
    problems.push(
      'headers: send an object of strings, or of lists of strings, without control characters, in Latin-1.',
    );
  if (problems.length > 0) throw new HttpError(400, problems.join(' '));
  return { stack, api, method, path, headers, body } as SendRequest;
}

function isHeaders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([name, content]) => HEADER_NAME.test(name) && [content].flat().every(isHeaderValue),
  );
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && HEADER_VALUE.test(value);
}

/** The headers of a request that is sent again. */
export function toHeaders(pairs: readonly (readonly [name: string, value: string])[]): SendRequest['headers'] {
  const headers = new Map<string, string[]>();
  for (const [name, value] of pairs) headers.set(name, [...(headers.get(name) ?? []), value]);
  return Object.fromEntries(headers);
}

/**
 * Sends a request and reads the whole response.
 * @param url the API's URL: `http://127.0.0.1:3000`
 * @param timeoutMs how long the API may send nothing
 * @throws HttpError (502) when the API closes the connection, (504) when it does not answer in time
 */
export function sendToApi(
  url: string,
  { method, path, headers, body }: SendRequest,
  timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<SendResult> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sentHeaders = { ...headers, ...length } as http.OutgoingHttpHeaders;
    const options = { hostname, port, method, path, headers: sentHeaders, timeout: timeoutMs };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: toHeaderPairs(response.rawHeaders),
          body: Buffer.concat(chunks).toString(),
          milliseconds: performance.now() - start,
        }),
      );
    });
    request.once('timeout', () => request.destroy(new HttpError(504, `No answer within ${timeoutMs / 1000} s.`)));
    request.once('error', (error) =>
      reject(error instanceof HttpError ? error : new HttpError(502, `The API does not answer: ${error.message}`)),
    );
    request.end(body);
  });
}

/** @param rawHeaders alternating names and values, as in Node.js */
function toHeaderPairs(rawHeaders: readonly string[]): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ]);
}
