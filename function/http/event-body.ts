/** Reads the body of an event, in payload format 1.0 or 2.0. */
import { isUtf8 } from 'node:buffer';

interface EventWithBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
}

/**
 * The body as text. An HTTP API encodes in base64 everything but text, JSON, XML and JavaScript, and so also
 * what `curl -d` sends by default.
 * @returns undefined when no body was sent, null when it is not UTF-8
 */
export function bodyOf({ body, isBase64Encoded }: EventWithBody): string | null | undefined {
  if (!body) return undefined;
  if (!isBase64Encoded) return body;
  const bytes = Buffer.from(body, 'base64');
  return isUtf8(bytes) ? bytes.toString() : null;
}
