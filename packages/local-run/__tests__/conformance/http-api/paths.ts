/** An HTTP API decodes a path twice, and cuts it at a `?` after the first decoding. */
import type { Case } from '../support/case';
import { VOKER_PATHS, VOKER_V2 } from '../support/sources';

/** The path that was sent and the path in the event. Undefined: AWS refused the request. */
const PATHS: readonly (readonly [sent: string, arrived: string | undefined])[] = [
  ['plain', 'plain'],
  ['space%20value', 'space value'],
  ['question%3Fvalue', 'question'],
  ['percent%25done', undefined],
  ['hash%23value', 'hash#value'],
  ['slash%2Fvalue', 'slash/value'],
  ['unicode-%CE%BB-%E4%B8%96%E7%95%8C', 'unicode-λ-世界'],
  ['literal%252Fvalue', 'literal/value'],
  ['literal%253Fvalue', 'literal?value'],
  ['literal%2525value', 'literal%value'],
];

export const PATHS_AS_SEEN: readonly Case[] = [
  ...PATHS.map(([sent, arrived]) => ({
    title: arrived === undefined ? `the path ${sent} is refused` : `the path ${sent} arrives as ${arrived}`,
    source: VOKER_PATHS,
    request: { path: `/capture/${sent}` },
    expected:
      arrived === undefined
        ? { status: 400 }
        : { status: 200, event: { rawPath: `/capture/${arrived}`, pathParameters: { proxy: arrived } } },
  })),
  {
    title: 'requestContext.http.path equals rawPath',
    source: VOKER_V2,
    request: { path: '/capture/space%20value' },
    expected: { status: 200, event: { requestContext: { http: { path: '/capture/space value' } } } },
  },
];
