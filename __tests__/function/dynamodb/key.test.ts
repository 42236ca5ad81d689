import { keyFault } from '../../../function/dynamodb/key';

describe('an id', () => {
  test.each([
    'a',
    'abcdef234',
    'ä',
    '日本',
    'a b',
    'a#b',
    'a+b',
    'constructor',
    '__proto__',
    '...',
    'a.b',
    'x'.repeat(2048),
    'é'.repeat(1024),
  ])('%# is fine for both gateways', (id) => {
    expect(keyFault(id, 'http-api')).toBeUndefined();
    expect(keyFault(id, 'rest-api')).toBeUndefined();
  });

  test.each([
    ['', /empty/],
    ['x'.repeat(2049), /at most 2048 bytes.*has 2049/],
    ['é'.repeat(1025), /at most 2048 bytes.*has 2050/],
    ['\ud800', /lone surrogate/],
    ['.', /dot segment/],
    ['..', /dot segment/],
  ])('%j is refused: %s', (id, why) => {
    expect(keyFault(id, 'http-api')).toMatch(why);
    expect(keyFault(id, 'rest-api')).toMatch(why);
  });

  test.each(['a/b', 'a?b', '100%', 'a%41'])('%s is lost on the path of an HTTP API, not of a REST API', (id) => {
    expect(keyFault(id, 'http-api')).toMatch(/path of this API cannot carry/);
    expect(keyFault(id, 'rest-api')).toBeUndefined();
  });
});
