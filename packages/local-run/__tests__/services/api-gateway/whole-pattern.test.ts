/** Regular expressions of templates, which API Gateway evaluates with Java. */
import { wholePattern } from '../../../src/services/api-gateway/whole-pattern';

test.each([
  ['Bearer [-0-9a-zA-Z._]+', 'Bearer a-b.c_d', true],
  ['Bearer [-0-9a-zA-Z._]+', 'xBearer a', false],
  ['https:\\/\\/.*\\.example\\.com', 'https://a.example.com', true],
  ['a\\-b\\:c\\_\\@[\\-\\w]', 'a-b:c_@-', true],
  ['a\\\\:b', 'a\\:b', true],
  ['a|b', 'ab', false],
])('%s matches the whole of %j: %s', (pattern, text, expected) => {
  expect(wholePattern(pattern).test(text)).toBe(expected);
});

test.each(['[^\\p{Space}]+', 'a\\Z', '\\Qa.b\\E', '(?i)a', '['])('refuses %s', (pattern) => {
  expect(() => wholePattern(pattern)).toThrow(SyntaxError);
});
