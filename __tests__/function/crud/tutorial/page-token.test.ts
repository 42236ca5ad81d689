import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { fromPageToken, toPageToken } from '../../../../function/crud/tutorial/page-token';

const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });

test('reads each id from its token', () => {
  fc.assert(fc.property(id, (text) => fromPageToken(toPageToken(text)) === text));
});

test('refuses random text and random base64', () => {
  fc.assert(fc.property(fc.string(), (text) => fromPageToken(text) === undefined));
  fc.assert(fc.property(fc.base64String(), (text) => fromPageToken(text) === undefined));
});

test('refuses a token with one changed character', () => {
  fc.assert(
    fc.property(id, fc.nat(), fc.constantFrom('a', 'Z', '0', '9', '-', '_', '='), (text, at, character) => {
      const token = toPageToken(text);
      const index = at % token.length;
      fc.pre(token[index] !== character);
      return fromPageToken(token.slice(0, index) + character + token.slice(index + 1)) === undefined;
    }),
  );
});

test('refuses a forged token whose id DynamoDB cannot store', () => {
  const forge = (id: Buffer) =>
    Buffer.concat([createHash('sha256').update('nextToken:').update(id).digest().subarray(0, 6), id]).toString(
      'base64url',
    );
  expect(fromPageToken(forge(Buffer.from('a')))).toBe('a');
  expect(fromPageToken(forge(Buffer.from('x'.repeat(2049))))).toBeUndefined();
  expect(fromPageToken(forge(Buffer.from([0xff])))).toBeUndefined();
});

test('the token of the longest id fits into a request line', () => {
  expect(toPageToken('\u0001'.repeat(2048)).length).toBeLessThan(4096);
});
