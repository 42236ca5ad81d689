/** Which ids the path of an API can carry: one that cannot be asked for must not be stored. */
import type { Gateway } from './contract';

/**
 * An HTTP API decodes a path twice, and cuts it at a `?` that appears in between, before it
 * matches routes: `%2F` separates segments, `a%3Fb` arrives as `a`, and a lone `%25` is refused
 * with 400 (events recorded from AWS: hotsock/voker, vokerhttp/testdata/ingress-paths.json).
 * With `?` a DELETE would even reach another item. A REST API keeps the path encoded.
 */
const LOST: Readonly<Record<Gateway, RegExp | undefined>> = {
  'http-api': /[/?%]/u,
  'rest-api': undefined,
};

/** Why the path of this API cannot carry the id, or undefined when it can. */
export function lostOnPath(id: string, gateway: Gateway): string | undefined {
  // Clients and proxies resolve dot segments before they send, encoded ones too (RFC 3986, 5.2.4; WHATWG URL).
  if (id === '.' || id === '..') {
    return `must not be ${id}, which URLs resolve as a dot segment, so that no path could name it`;
  }
  const lost = LOST[gateway]?.exec(id)?.[0];
  return lost && `must not contain ${lost}, which the path of this API cannot carry`;
}
