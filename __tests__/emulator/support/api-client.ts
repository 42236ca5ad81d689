/** Sends requests to deployed APIs. In the emulator, an API is found by the header `host`. */
import http from 'node:http';
import https from 'node:https';

export interface ApiRequest {
  /** The API's host: its domain name, or `abc.execute-api.localhost:4566`. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ApiResponse {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** @param endpoint the emulator's URL; undefined for AWS */
export async function send(endpoint: string | undefined, request: ApiRequest): Promise<ApiResponse> {
  const { host, method, path, headers, body } = request;
  const url = new URL(path, endpoint ?? `https://${host}`);
  const { request: open } = url.protocol === 'https:' ? https : http;
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    open(url, { method, headers: { ...headers, host } }, resolve)
      .once('error', reject)
      .end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { statusCode: status = 0 } = response;
  return { status, headers: response.headers, body: Buffer.concat(chunks).toString() };
}
