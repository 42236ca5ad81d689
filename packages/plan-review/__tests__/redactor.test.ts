import fc from 'fast-check';
import { Redactor } from '../src/redact/redactor';
import { canBeSecret } from '../src/redact/secret-text';
import { timed } from './support/cpu-time';

const SECRET = 'harbour-master-7f3a91';
const redact = (text: string, ...secrets: string[]) => new Redactor(secrets.length ? secrets : [SECRET]).redact(text);

test('hides exactly the matching part, at any position', () => {
  expect(redact(`postgres://app:${SECRET}@db.example/ferry`)).toBe('postgres://app:(sensitive)@db.example/ferry');
  expect(redact(`${SECRET} and ${SECRET}`)).toBe('(sensitive) and (sensitive)');
  expect(redact('harbour-master-7f3a9')).toBe('harbour-master-7f3a9');
});

test.each([
  ['a line of a longer secret', 'first-line-of-key\nsecond-line-of-key', 'x second-line-of-key'],
  ['a text inside of sensitive JSON', JSON.stringify({ user: 'app', password: SECRET }), `x ${SECRET}`],
  ['a text in JSON inside of sensitive JSON', JSON.stringify({ a: JSON.stringify([SECRET]) }), `x ${SECRET}`],
  ['a secret in JSON', 'quoted"secret\\value', `{"a":"${JSON.stringify('quoted"secret\\value').slice(1, -1)}"}`],
  ['a secret of jsonencode', 'angle<secret>value', '{"a":"angle\\u003csecret\\u003evalue"}'],
  ['a secret in a URL', 'p@ss word/with signs', `https://u:${encodeURIComponent('p@ss word/with signs')}@h`],
  ['a secret of urlencode', "p@ss word/(it's)!*", 'https://u:p%40ss+word%2F%28it%27s%29%21%2A@h'],
  ['a secret in a URL with small digits', 'p@ss word/with signs', 'https://u:p%40ss%20word%2fwith%20signs@h'],
  ['a secret in the path of a URL', 'p@ss:word/=signs+', 'https://h/p@ss:word%2F=signs+'],
  ['a secret in Base64', SECRET, `token: ${Buffer.from(SECRET).toString('base64')}`],
  ['a secret in JSON in JSON', 'quoted"secret\\value', JSON.stringify(JSON.stringify({ a: 'quoted"secret\\value' }))],
  ['spaces around a secret', ` ${SECRET}\n`, `x${SECRET}`],
])('hides %s', (_, secret, text) => {
  const shown = redact(text, secret);
  expect(shown).toContain('(sensitive)');
  for (const part of [SECRET, 'second-line', 'quoted', 'angle', 'p@ss', 'p%40ss']) expect(shown).not.toContain(part);
});

test('no part of a secret can be decoded from the Base64 of a longer text', () => {
  const secrets = [SECRET, 'quoted"secret<value>?~'];
  for (const secret of secrets) {
    for (const text of [
      `user:${secret}`,
      `u:${secret}:end`,
      `us:${secret}`,
      JSON.stringify({ password: secret }),
      secret,
    ]) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const shown = redact(`Basic ${Buffer.from(text).toString(encoding)}`, secret);
        expect(shown).toContain('(sensitive)');
        // The characters at the edges contain a few bits of the first and the last character.
        expect(shown.replace('Basic ', '').replace('(sensitive)', '').length).toBeLessThanOrEqual(
          Math.ceil(((text.length - secret.length) / 3) * 4) + 6,
        );
      }
    }
  }
});

test('hides the rest of a secret that overlaps another one', () => {
  expect(redact('x abcdefghijklmnopqrst y', 'abcdefghijklmn', 'ijklmnopqrst')).toBe('x (sensitive) y');
});

test('hides a secret that spans lines as one part of one line', () => {
  const redactor = new Redactor(['-----BEGIN-----\nMII\nx==\n-----END-----']);
  expect(redactor.lines('a\nkey=-----BEGIN-----\nMII\nx==\n-----END-----;\nb').map(({ shown }) => shown)).toEqual([
    'a',
    'key=(sensitive);',
    'b',
  ]);
});

test('lines with different secrets look the same, but have different keys', () => {
  const redactor = new Redactor(['secret-number-one', 'secret-number-two']);
  const [one, two] = redactor.lines('x secret-number-one\nx secret-number-two');
  expect(one?.shown).toBe(two?.shown);
  expect(one?.key).not.toBe(two?.key);
});

test.each([
  '2012-10-17',
  '123456789012',
  '1234567890123456',
  '-12345678901.25',
  'true',
  'ap-southeast-2',
  'us-gov-west-1a',
  'us-west-2-lax-1a',
  'v10.22.333.4444',
  '2026-11-29T02:51:23Z',
  'arn:aws:iam::444455556666:role/deputy',
  'arn:aws-us-gov:s3:::bookings-of-the-ferry',
  'eleven-char',
])('%s cannot be a secret', (text) => expect(canBeSecret(text)).toBe(false));

test.each([
  'twelve-chars',
  'hunter2hunter2',
  '1.2.3-correct-horse',
  'us-secret-east-9',
  'https://hooks.example/T000/B000/a1b2',
  'arn: no ARN at all',
  '2026-11-29T correct horse',
])('%s can be a secret', (text) => expect(canBeSecret(text)).toBe(true));

test('no secret survives in any text', () => {
  const secret = fc
    .string({ minLength: 12, maxLength: 30 })
    .filter((text) => text.trim() === text && canBeSecret(text));
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), fc.array(fc.string()), (secrets, others) => {
      const text = secrets.flatMap((part, index) => [part, others[index] ?? '', part]).join('');
      const shown = new Redactor(secrets).redact(text);
      // A secret can contain a part of the replacement itself.
      for (const part of secrets) expect(shown.replaceAll('(sensitive)', '\0')).not.toContain(part);
    }),
  );
});

test('finds secrets of one repeated letter in a long text within a second', () => {
  const secrets = Array.from({ length: 200 }, (_, index) => 'a'.repeat(20_000 - index));
  const redactor = new Redactor(secrets);
  const [shown, milliseconds] = timed(() => redactor.redact(`x${'a'.repeat(30_000)}y`), 1_000);
  expect(shown).toBe('x(sensitive)y');
  expect(milliseconds).toBeLessThan(1_000);
});

test('finds 3,000 secrets with the same start in a long text within a second', () => {
  const secrets = Array.from({ length: 3_000 }, (_, index) => `the-secret-of-ferry-${index}`);
  const redactor = new Redactor(secrets);
  const text = secrets.map((secret) => `${secret} of a boat that sails at noon`).join('\n');
  const [shown, milliseconds] = timed(() => redactor.redact(text), 1_000);
  expect(shown.match(/\(sensitive\)/g)).toHaveLength(3_000);
  expect(milliseconds).toBeLessThan(1_000);
});
