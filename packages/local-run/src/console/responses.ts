/** JSON responses of the console, and errors that carry their HTTP status. */
import type { ServerResponse } from 'node:http';

/** An error with an HTTP status. The console responds with this status and `{"message": ...}`. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
