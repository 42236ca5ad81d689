/** One HTTP request; names below `localhost` are this machine (RFC 6761, 6.3), as browsers and curl have it. */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** How long the whole may take, in ms. */
  readonly timeoutMs: number;
}

/** Node.js leaves such names to the resolver, and few resolvers know them. */
const lookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, options, callback);
};

/** @throws Error when there is no answer */
export function send(url: string, { method, headers, body, timeoutMs }: Sent): Promise<Answer> {
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    // What an abort says of itself names neither the cause nor the time.
    const failed = (error: Error) => {
      reject(signal.aborted ? new Error(`not within ${timeoutMs / 1000} seconds`) : error);
    };
    const request = client.request(url, { method, headers, lookup, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', failed);
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    request.once('error', failed);
    request.end(body);
  });
}
