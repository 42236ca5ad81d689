/** Finds ids that the path of an API cannot carry. An item with this id could be stored, but not read or deleted. */
import type { Gateway } from './contract';

/**
 * Characters that a path parameter cannot contain, even when percent-encoded.
 * An HTTP API decodes a path twice and, in between, cuts it at a `?`. So `%2F` separates segments, and a DELETE of `a%3Fb`
 * reaches the item `a`. It answers 400 to a lone `%25`.
 * (Events recorded from AWS: hotsock/voker, vokerhttp/testdata/ingress-paths.json.)
 * A REST API passes the path to the function without decoding it.
 */
const LOST_CHARACTERS: Readonly<Record<Gateway, RegExp | undefined>> = {
  'http-api': /[/?%]/u,
  'rest-api': undefined,
};

/** Returns the fault of an id that the path cannot carry. @returns undefined for all other ids */
export function pathFault(id: string, gateway: Gateway): string | undefined {
  // Clients and proxies resolve dot segments before they send, also percent-encoded dots (RFC 3986, 5.2.4; WHATWG URL).
  if (id === '.' || id === '..') {
    return `must not be ${id}: URLs resolve it as a dot segment, so no path can carry it`;
  }
  const character = LOST_CHARACTERS[gateway]?.exec(id)?.[0];
  return character && `must not contain ${character}, which the path of this API cannot carry`;
}
