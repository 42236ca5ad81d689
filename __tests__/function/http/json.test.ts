import fc from 'fast-check';
import { isInexactNumber } from '../../../function/dynamodb/number';
import { parseJson, toJson } from '../../../function/http/json';

describe('parseJson', () => {
  test.each([
    '0',
    '1',
    '-1',
    '12345',
    '0.1',
    '1e2',
    '1.50',
    '9007199254740991',
    '-9007199254740991',
    '1e-130',
    '0.30000000000000004',
  ])('reads %s as a double', (literal) => {
    expect(parseJson(literal)).toBe(Number(literal));
  });

  test.each([
    ['9007199254740992', '2^53'],
    ['1e400', 'above the largest double'],
    ['1e126', 'above the largest number of DynamoDB'],
    ['-0', 'DynamoDB drops the sign'],
    ['-0.0', 'DynamoDB drops the sign'],
    ['1e-131', 'below the smallest number of DynamoDB'],
    ['1e-400', 'a double rounds it to 0'],
    ['0.1234567890123456789', 'more digits than a double has'],
    ['9007199254740991.5', 'a double cannot hold the fraction'],
  ])('keeps the digits of %s: %s', (literal) => {
    expect(isInexactNumber(parseJson(literal))).toBe(true);
    expect(toJson(parseJson(literal))).toBe(literal);
  });

  test('reads doubles up to 1e15 unchanged', () => {
    const doubles = fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((n) => n === 0 || Math.abs(n) > 1e-130);
    fc.assert(
      fc.property(
        doubles.filter((n) => !Object.is(n, -0)),
        (n) => parseJson(JSON.stringify(n)) === n,
      ),
    );
  });

  test('accepts the same texts as JSON.parse, except duplicate keys', () => {
    const nearlyJson = fc.oneof(
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, insert]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + insert + text.slice(index);
      }),
      fc.string(),
    );
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const ours = outcome(() => parseJson(text));
        if (ours.startsWith('Duplicate key')) return true;
        const theirs = outcome(() => JSON.parse(text) as unknown);
        return (ours === 'parsed') === (theirs === 'parsed');
      }),
      { numRuns: 2000 },
    );
  });

  test('reads a literal of 1 MB within a second', () => {
    const start = performance.now();
    expect(isInexactNumber(parseJson(`0.1${'0'.repeat(1_000_000)}1`))).toBe(true);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('refuses a duplicate key with different values', () => {
    expect(() => parseJson('{"id":"a","id":"b"}')).toThrow(SyntaxError);
  });

  test('reads __proto__ as an ordinary key', () => {
    expect(Object.keys(parseJson('{"__proto__":1}') as object)).toEqual(['__proto__']);
  });

  test('refuses 100,000 nested brackets with a SyntaxError', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow(/nested too deeply|expected/i);
    expect(() => parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toThrow('nested too deeply');
  });
});

function outcome(parse: () => unknown): string {
  try {
    parse();
    return 'parsed';
  } catch (error) {
    return (error as Error).message;
  }
}
