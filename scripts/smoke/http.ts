/** Sends an HTTP request. Host names below `localhost` are this machine (RFC 6761, 6.3), as in browsers and curl. */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Values by header name in lower case. The values of a repeated header are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface SendOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Time limit for the whole exchange. */
  readonly timeoutMs: number;
}

/** Resolves names below `localhost` to this machine, because few resolvers do. */
const lookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, options, callback);
};

/** Sends a request and reads the answer. @throws Error when there is no complete answer in time */
export function send(url: string, { method, headers, body, timeoutMs }: SendOptions): Promise<Answer> {
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    // The message of an abort error does not say that the time limit is the cause.
    const fail = (error: Error) => {
      reject(signal.aborted ? new Error(`timed out after ${timeoutMs / 1000} seconds`) : error);
    };
    const request = client.request(url, { method, headers, lookup, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', fail);
      response.once('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        );
        resolve({ status: response.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString() });
      });
    });
    request.once('error', fail);
    request.end(body);
  });
}
