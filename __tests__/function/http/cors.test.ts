/** The CORS headers of a function behind a REST API. */
import { prepareCors } from '../../../function/http/cors';

const TWO = { CORS_ORIGINS: 'https://a.example,https://b.example', CORS_CREDENTIALS: 'true' };

test('without origins, changes nothing', () => {
  expect(prepareCors({})({ 'x-a': '1' }, 'https://a.example')).toEqual({ 'x-a': '1' });
});

test('allows the origin of the page, if it is in the list', () => {
  expect(prepareCors(TWO)({ 'x-a': '1' }, 'https://b.example')).toEqual({
    'x-a': '1',
    vary: 'Origin',
    'access-control-allow-origin': 'https://b.example',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'accept-patch,etag,idempotent-replayed,location,retry-after',
  });
});

test.each(['https://c.example', 'https://a.example.evil.example', 'null', undefined])(
  'does not allow the origin %s',
  (origin) => {
    expect(prepareCors(TWO)({}, origin)).toEqual({ vary: 'Origin' });
  },
);

test('allows all origins with *, without Vary', () => {
  const headers = prepareCors({ CORS_ORIGINS: '*' })({}, 'https://any.example');
  expect(headers).toEqual({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'accept-patch,etag,idempotent-replayed,location,retry-after',
  });
});

test('replaces the CORS headers of a handler, and keeps its Vary', () => {
  const answered = { 'Access-Control-Allow-Origin': '*', Vary: ['Accept', 'Cookie'] };
  expect(prepareCors(TWO)(answered, undefined)).toEqual({ Vary: 'Accept, Cookie, Origin' });
});
