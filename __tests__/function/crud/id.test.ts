import { idFault } from '../../../function/crud/id';

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
  ])('number %# is valid behind both gateways', (id) => {
    expect(idFault(id, 'http-api')).toBeUndefined();
    expect(idFault(id, 'rest-api')).toBeUndefined();
  });

  test.each([
    ['', /empty/],
    ['x'.repeat(2049), /at most 2048 bytes.*has 2049/],
    ['é'.repeat(1025), /at most 2048 bytes.*has 2050/],
    ['\ud800', /lone surrogate/],
    ['.', /dot segment/],
    ['..', /dot segment/],
  ])('%j is refused with %s', (id, why) => {
    expect(idFault(id, 'http-api')).toMatch(why);
    expect(idFault(id, 'rest-api')).toMatch(why);
  });

  test.each(['a/b', 'a?b', '100%', 'a%41'])('%s is refused behind an HTTP API and valid behind a REST API', (id) => {
    expect(idFault(id, 'http-api')).toMatch(/path of this API cannot carry/);
    expect(idFault(id, 'rest-api')).toBeUndefined();
  });
});
