/** Parses the target of a request to the console, such as `/api/requests?x=y`. */
import { HttpError } from './responses';

/**
 * Parses a request target. Only a path is a target of the console: not `http://host/path`, which a client sends to a proxy, and not `*`.
 * The path may begin with several slashes: a URL parser alone would read `//name` as a host.
 * @throws HttpError (400) when the target does not begin with `/`
 */
export function parseTarget(target: string): URL {
  if (!target.startsWith('/')) {
    throw new HttpError(400, `The request target is ${target}. Send a path that begins with /.`);
  }
  return new URL(`http://localhost${target}`);
}

/**
 * Decodes a part of a path.
 * @throws HttpError (400) when it has an incomplete escape sequence, such as `%2`
 */
export function decodePathPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, `The path contains ${part}. Encode % as %25.`);
  }
}
