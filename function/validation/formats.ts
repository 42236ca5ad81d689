/** The formats of strings. Each check takes time in proportion to the length of the string. */
import type { Format } from '../contract/schema';

/** The formats as error messages name them. */
export const formatNames: Readonly<Record<Format, string>> = {
  date: 'a date such as 2026-11-29',
  'date-time': 'a date and time with an offset, such as 2026-11-29T10:00:00Z',
  email: 'an e-mail address',
  uri: 'an absolute URI such as https://example.com/',
  uuid: 'a UUID',
};

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
/** A leap second (`:60`) and lower-case letters, which RFC 3339 permits, are refused: such texts do not sort by time. */
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
/** Maximum length of a date-time. Its seconds may have any number of decimals, but nobody needs more. */
const MAX_DATE_TIME_CHARACTERS = 255;
/** As in HTML's `input type=email`, and the domain must have a dot. */
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;
/** Maximum length of an address that SMTP carries (RFC 5321, 4.5.3.1.3). */
const MAX_EMAIL_CHARACTERS = 254;
/** The characters of RFC 3986. A `Location` header could not carry others. */
const URI = /^[a-z][a-z\d+.-]*:([\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})*$/i;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function isFormat(format: Format, text: string): boolean {
  switch (format) {
    case 'date':
      return isDate(text);
    case 'date-time':
      return (
        text.length <= MAX_DATE_TIME_CHARACTERS &&
        text[10] === 'T' &&
        isDate(text.slice(0, 10)) &&
        TIME.test(text.slice(11))
      );
    case 'email':
      return text.length <= MAX_EMAIL_CHARACTERS && EMAIL.test(text);
    case 'uri':
      return URI.test(text) && URL.canParse(text);
    case 'uuid':
      return UUID.test(text);
  }
}

function isDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (DATE.exec(text) ?? []).map(Number);
  return day >= 1 && day <= daysIn(month, year);
}

function daysIn(month: number, year: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
