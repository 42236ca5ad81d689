/** The body in an event of either payload format. */
import { isUtf8 } from 'node:buffer';

interface WithBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
}

/**
 * An HTTP API sends anything but text, JSON, XML and JavaScript in base64, curl's default form type included.
 * @returns undefined when there is none, null when it is not UTF-8
 */
export function bodyOf({ body, isBase64Encoded }: WithBody): string | null | undefined {
  if (!body) return undefined;
  if (!isBase64Encoded) return body;
  const bytes = Buffer.from(body, 'base64');
  return isUtf8(bytes) ? bytes.toString() : null;
}
