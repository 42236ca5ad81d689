/** Reads the body of an event in payload format 1.0 or 2.0. */
import { isUtf8 } from 'node:buffer';

interface EventWithBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
}

/**
 * Returns the body as text. An HTTP API sends text, JSON, XML and JavaScript as they are, and all other content types in
 * base64. That includes forms, the default content type of `curl -d`.
 * @returns undefined when no body was sent, null when it is not UTF-8
 */
export function bodyOf({ body, isBase64Encoded }: EventWithBody): string | null | undefined {
  if (!body) return undefined;
  if (!isBase64Encoded) return body;
  const bytes = Buffer.from(body, 'base64');
  return isUtf8(bytes) ? bytes.toString() : null;
}
