import type { Gateway } from '../../../function/http/contract';
import { items } from '../../support/contract/contracts';
import { keyRules } from '../../../function/validation/key-rules';

const idFault = (id: string, gateway: Gateway) => keyRules({ ...items, gateway }).get('id')?.(id);

describe('idFault', () => {
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
  ])('accepts id number %# for both kinds of API', (id) => {
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
  ])('refuses %j with %s', (id, fault) => {
    expect(idFault(id, 'http-api')).toMatch(fault);
    expect(idFault(id, 'rest-api')).toMatch(fault);
  });

  test.each(['a/b', 'a?b', '100%', 'a%41'])('refuses %s for an HTTP API and accepts it for a REST API', (id) => {
    expect(idFault(id, 'http-api')).toMatch(/path of this API cannot carry/);
    expect(idFault(id, 'rest-api')).toBeUndefined();
  });
});
