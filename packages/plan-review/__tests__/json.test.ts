import fc from 'fast-check';
import { ExactNumber, parseJson } from '../src/model/json';
import { canonicalJson, isObject, parseJsonText } from '../src/model/value';
import { timed } from './support/cpu-time';

const value = (text: string) => parseJson(text).value;

test('reads the same values as JSON.parse', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
      const text = JSON.stringify(json, null, space);
      expect(parseJson(text)).toEqual({ value: JSON.parse(text) as unknown, duplicateKeys: [] });
    }),
  );
});

test('refuses what JSON.parse refuses', () => {
  const texts = [
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    "'a'",
    '01',
    '1.',
    '.5',
    '+1',
    '1e',
    'tru',
    'nulls',
    '"a',
    '"\\x"',
  ];
  for (const text of [...texts, '"\n"', '1 2', '[1 2]', '{"a" 1}', 'NaN', '-', '\ufeff1', '\u00a01']) {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => parseJson(text)).toThrow(SyntaxError);
  }
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', '"', '}', ']', ',', '\\', '1', ' '),
      (json, at, part) => {
        const position = at % (json.length + 1);
        const text = json.slice(0, position) + part + json.slice(position + 1);
        const parses = (parse: (text: string) => unknown) => {
          try {
            parse(text);
            return true;
          } catch {
            return false;
          }
        };
        expect(parses(parseJson)).toBe(parses(JSON.parse));
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each(['9007199254740993', '0.10000000000000000001', '1.0', '-0', '1E5', '1e400', '100000000000000000000000'])(
  'keeps the digits of %s',
  (digits) => {
    expect(value(`[${digits}]`)).toEqual([new ExactNumber(digits)]);
    expect(canonicalJson(value(digits))).toBe(digits);
  },
);

test('reads other numbers as numbers', () => {
  expect(value('[0, -1, 1.5, 9007199254740991, 1e+21]')).toEqual([0, -1, 1.5, 9007199254740991, 1e21]);
});

test('a number and a text with its digits differ', () => {
  expect(canonicalJson(value('9007199254740993'))).not.toBe(canonicalJson(value('"9007199254740993"')));
});

test('reports duplicate keys at any depth, in any spelling', () => {
  expect(parseJson('{"a":1,"b":{"c":1,"\\u0063":1}}').duplicateKeys).toEqual(['c']);
  expect(parseJson('{"Statement":[],"Statement":[]}').duplicateKeys).toEqual(['Statement']);
  expect(parseJsonText('{"a":1,"a":1}')).toBeUndefined();
  expect(parseJsonText('{"a":1}')).toEqual({ a: 1 });
});

test('reads __proto__ as a key like any other', () => {
  const parsed = value('{"__proto__":{"polluted":true},"constructor":1}');
  expect(isObject(parsed) && Object.keys(parsed)).toEqual(['__proto__', 'constructor']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('refuses JSON that is nested more than 200 levels deep', () => {
  expect(value('['.repeat(200) + ']'.repeat(200))).toBeDefined();
  expect(() => value('['.repeat(100_000))).toThrow(/nested more than 200 levels deep/);
  expect(parseJsonText('['.repeat(5_000) + ']'.repeat(5_000))).toBeUndefined();
});

test('reads 6 million characters in three seconds', () => {
  const quotes = JSON.stringify('\\"'.repeat(600_000));
  const numbers = JSON.stringify(Array.from({ length: 500_000 }, (_, index) => index));
  const [, milliseconds] = timed(() => [parseJson(quotes), parseJson(numbers)], 3_000);
  expect(milliseconds).toBeLessThan(3_000);
});
