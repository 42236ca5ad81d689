/** Formats of strings. */
import type { Format } from '../../../function/contract/schema';
import { isFormat } from '../../../function/validation/formats';
import { fastestRun } from '../../support/cpu-time';

test.each<[Format, string]>([
  ['date', '2026-11-29'],
  ['date', '2024-02-29'],
  ['date', '2000-02-29'],
  ['date', '0000-02-29'],
  ['date', '9999-12-31'],
  ['date-time', '2026-11-29T10:00:00Z'],
  ['date-time', '2026-11-29T23:59:59.123456789012+05:30'],
  ['date-time', '2026-11-29T10:00:00-00:00'],
  ['email', 'ann@example.com'],
  ['email', 'a.b+c@mail.example.co'],
  ['uri', 'https://example.com/'],
  ['uri', 'https://example.com/a%20b?c=d#e'],
  ['uri', 'mailto:ann@example.com'],
  ['uri', 'urn:isbn:0451450523'],
  ['uri', 'https://[::1]:8080/'],
  ['uuid', '01939d5c-7f4e-7c3a-8a5e-0123456789ab'],
  ['uuid', '01939D5C-7F4E-7C3A-8A5E-0123456789AB'],
])('%s accepts %s', (format, text) => {
  expect(isFormat(format, text)).toBe(true);
});

test.each<[Format, string]>([
  ['date', ''],
  ['date', '2026-02-29'],
  ['date', '1900-02-29'],
  ['date', '2026-04-31'],
  ['date', '2026-13-01'],
  ['date', '2026-00-01'],
  ['date', '2026-01-00'],
  ['date', '2026-1-1'],
  ['date', '2026-11-29T10:00:00Z'],
  ['date', '2026-11-29\n'],
  ['date-time', '2026-11-29'],
  ['date-time', '2026-11-29T10:00:00'],
  ['date-time', '2026-11-29 10:00:00Z'],
  ['date-time', '2026-11-29t10:00:00z'],
  ['date-time', '2026-11-29T24:00:00Z'],
  ['date-time', '2026-11-29T23:59:60Z'],
  ['date-time', '2026-11-29T10:00:00+24:00'],
  ['date-time', '2026-02-29T10:00:00Z'],
  ['email', 'ann'],
  ['email', 'ann@example'],
  ['email', '@example.com'],
  ['email', 'ann@-example.com'],
  ['email', 'ann@example.com\n'],
  ['email', `ann@${'a.'.repeat(130)}com`],
  ['uri', ''],
  ['uri', 'example.com'],
  ['uri', '/path'],
  ['uri', 'https://'],
  ['uri', 'https://example.com/a b'],
  ['uri', 'https://example.com/ä'],
  ['uri', 'https://example.com/%zz'],
  ['uri', 'https://example.com/\r\nset-cookie: a=b'],
  ['uuid', '01939d5c-7f4e-7c3a-8a5e-0123456789a'],
  ['uuid', '{01939d5c-7f4e-7c3a-8a5e-0123456789ab}'],
  ['uuid', '01939d5c7f4e7c3a8a5e0123456789ab'],
])('%s refuses %j', (format, text) => {
  expect(isFormat(format, text)).toBe(false);
});

test.each<[Format, string]>([
  ['date', '0'.repeat(1e5)],
  ['date-time', `2026-11-29T10:00:00.${'0'.repeat(1e5)}`],
  ['email', `${'a'.repeat(60)}@${'a-'.repeat(90)}`],
  ['email', `a@${'a.'.repeat(1e5)}`],
  ['uri', `https:${'%a'.repeat(1e5)}`],
  ['uri', `https://${'a.'.repeat(1e5)} `],
  ['uuid', 'a'.repeat(1e5)],
])('%s refuses a hostile string within 200 ms', async (format, text) => {
  const { result, ms } = await fastestRun(200, () => isFormat(format, text));
  expect(result).toBe(false);
  expect(ms).toBeLessThan(200);
});
