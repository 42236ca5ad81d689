/** Says which ids an API can carry in its path. An id that no path can name must not be stored. */
import type { Gateway } from './contract';

/**
 * Characters that do not survive the path. An HTTP API decodes a path twice, and cuts it at a `?` that appears
 * in between: `%2F` separates segments, and with `a%3Fb` a DELETE would reach the item `a`. It answers 400 to a
 * lone `%25`. (Events recorded from AWS: hotsock/voker, vokerhttp/testdata/ingress-paths.json.)
 * A REST API passes the path on encoded.
 */
const LOST_CHARACTERS: Readonly<Record<Gateway, RegExp | undefined>> = {
  'http-api': /[/?%]/u,
  'rest-api': undefined,
};

/** Why the path of this API cannot carry an id. @returns undefined when it can */
export function pathFault(id: string, gateway: Gateway): string | undefined {
  // Clients and proxies resolve dot segments before they send, encoded ones too (RFC 3986, 5.2.4; WHATWG URL).
  if (id === '.' || id === '..') {
    return `must not be ${id}: URLs resolve it as a dot segment, so no path can carry it`;
  }
  const character = LOST_CHARACTERS[gateway]?.exec(id)?.[0];
  return character && `must not contain ${character}, which the path of this API cannot carry`;
}
