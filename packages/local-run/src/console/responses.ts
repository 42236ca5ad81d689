/** JSON responses of the console, and errors that carry their HTTP status. */
import type { ServerResponse } from 'node:http';
import { isObject } from '../services/is-object';

/** An error with an HTTP status. The console responds with this status, `{"message": ...}`, and the details. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    message: string,
    /** Further fields of the response. */
    readonly details: object = {},
  ) {
    super(message);
  }
}

/** Parses a body that must be a JSON object. @throws HttpError (400) */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // The error below says what to send.
  }
  throw new HttpError(400, 'The body must be a JSON object.');
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
