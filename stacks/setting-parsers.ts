/** Parses values of settings. cdktf.json holds any JSON value, an environment variable holds text. */

/** The parsed value, or, for an input that is not allowed, the text that follows "must be" in the error. */
export type ParseResult<T> = { readonly value: T } | { readonly expected: string };

export type Parser<T> = (input: unknown) => ParseResult<T>;

/** Text that matches a pattern. @param description text that follows "must be" in the error */
export function text(pattern: RegExp, maxCharacters: number, description: string): Parser<string> {
  return (input) =>
    typeof input === 'string' && input.length <= maxCharacters && pattern.test(input)
      ? { value: input }
      : { expected: `${description} (at most ${maxCharacters} characters)` };
}

/** A whole number from `min` to `max`. */
export function wholeNumber({ min, max, unit }: { min: number; max: number; unit: string }): Parser<number> {
  return (input) => {
    const value = toNumber(input);
    return value !== undefined && Number.isInteger(value) && value >= min && value <= max
      ? { value }
      : { expected: `a whole number from ${min} to ${max} (${unit})` };
  };
}

/** A whole number from `min` to `max`, or 0. */
export function zeroOr({ min, max, unit }: { min: number; max: number; unit: string }): Parser<number> {
  return (input) => {
    const value = toNumber(input);
    return value === 0 || (value !== undefined && Number.isInteger(value) && value >= min && value <= max)
      ? { value }
      : { expected: `0, or a whole number from ${min} to ${max} (${unit})` };
  };
}

/** A whole number from `min` to `max`, `NONE`, or nothing. */
export function numberOrNone({ min, max }: { min: number; max: number }): Parser<number | 'NONE' | ''> {
  return (input) => {
    const value = toNumber(input);
    if (value !== undefined && Number.isInteger(value) && value >= min && value <= max) return { value };
    if (typeof input === 'string' && input.toUpperCase() === 'NONE') return { value: 'NONE' };
    return input === '' ? { value: '' } : { expected: `a whole number from ${min} to ${max}, or NONE` };
  };
}

/** One of several words or numbers. Words may be in any case. */
export function choice<T extends string | number>(options: readonly T[]): Parser<T> {
  return (input) => {
    const value = options.find((option) =>
      typeof option === 'number'
        ? option === toNumber(input)
        : typeof input === 'string' && option.toLowerCase() === input.toLowerCase(),
    );
    return value === undefined ? { expected: `one of ${options.join(', ')}` } : { value };
  };
}

/** One of several words, in any case of letters, or a text. */
export function wordOr(words: readonly string[], other: Parser<string>): Parser<string> {
  return (input) => {
    const word = words.find((name) => typeof input === 'string' && name.toLowerCase() === input.toLowerCase());
    if (word !== undefined) return { value: word };
    const result = other(input);
    return 'value' in result ? result : { expected: `${words.join(', ')}, or ${result.expected}` };
  };
}

export const boolean: Parser<boolean> = (input) => {
  if (input === true || input === 'true') return { value: true };
  if (input === false || input === 'false') return { value: false };
  return { expected: 'true or false' };
};

/** A flag that CI services set to different values: false for `false`, `0` and empty text, true for all other text. */
export const looseBoolean: Parser<boolean> = (input) => {
  if (typeof input === 'boolean') return { value: input };
  if (typeof input === 'string') return { value: !['', '0', 'false'].includes(input.toLowerCase()) };
  return { expected: 'true or false' };
};

/** Characters that all AWS services allow in keys and values of tags. */
const TAG = /^[\p{L}\p{N} _.:/=+@-]*$/u;

const MAX_TAGS = 40;
const MAX_TAG_VALUE_CHARACTERS = 256;

/** Tags as an object. An environment variable holds the object as JSON. @param reserved keys that are not allowed */
export function tags(reserved: readonly string[]): Parser<Record<string, string>> {
  const expected =
    `an object of at most ${MAX_TAGS} strings (as JSON in the environment variable). Keys have 1 to 128 characters, values at ` +
    `most ${MAX_TAG_VALUE_CHARACTERS}: letters, digits, spaces and _.:/=+-@. ` +
    `Keys must not start with aws: or be one of ${reserved.join(', ')}`;
  const isTag = (key: string, value: unknown) =>
    /^(?!aws:).{1,128}$/iu.test(key) &&
    TAG.test(key) &&
    !reserved.includes(key) &&
    typeof value === 'string' &&
    value.length <= MAX_TAG_VALUE_CHARACTERS &&
    TAG.test(value);
  return (input) => {
    const value = typeof input === 'string' ? parseJson(input) : input;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { expected };
    const entries = Object.entries(value);
    const wrong = entries.filter(([key, tag]) => !isTag(key, tag));
    const text = wrong.map(([key, tag]) => `${JSON.stringify(key)}: ${JSON.stringify(tag)}`).join(', ');
    if (wrong.length > 0) return { expected: `${expected}. Wrong: ${text}` };
    return entries.length <= MAX_TAGS ? { value: value as Record<string, string> } : { expected };
  };
}

/**
 * Names by key, as an object. An environment variable holds the object as JSON.
 * @param keys the keys that the object may have
 */
export function names<K extends string>(
  keys: readonly K[],
  maxCharacters: number,
): Parser<Readonly<Partial<Record<K, string>>>> {
  const expected =
    `an object of names (as JSON in the environment variable): lower-case letters, digits and single hyphens, at most ` +
    `${maxCharacters} characters. The keys are ${keys.join(', ')}`;
  const isName = (value: unknown) =>
    typeof value === 'string' && value.length <= maxCharacters && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value);
  return (input) => {
    const value = typeof input === 'string' ? parseJson(input) : input;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { expected };
    const isAllowed = Object.entries(value).every(([key, name]) => keys.includes(key as K) && isName(name));
    return isAllowed ? { value: value as Partial<Record<K, string>> } : { expected };
  };
}

/**
 * An object with a value for each stack. An environment variable holds the object as JSON.
 * @param isValue whether a value is allowed
 * @param description text that follows "must be" in the error
 */
export function byStack<T>(isValue: (value: unknown) => boolean, description: string): Parser<Record<string, T>> {
  const expected = `an object of stacks (as JSON in the environment variable): ${description}`;
  return (input) => {
    const value = typeof input === 'string' ? parseJson(input) : input;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { expected };
    const wrong = Object.entries(value).filter(([, one]) => !isValue(one));
    if (wrong.length === 0) return { value: value as Record<string, T> };
    const texts = wrong.map(([stack, one]) => `${JSON.stringify(stack)}: ${JSON.stringify(one)}`);
    return { expected: `${expected}. Wrong: ${texts.join(', ')}` };
  };
}

/** Whether a value is the keys of an API: one, or two during a rotation. */
export function isApiKeys(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 1 || value.length > 2 || value[0] === value[1]) return false;
  return value.every((key) => typeof key === 'string' && /^[a-z0-9]{1,8}$/.test(key));
}

/** Whether a value is the name of a DynamoDB table (DynamoDB developer guide, "Naming rules"). */
export function isTableName(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9_.-]{3,255}$/.test(value);
}

/** A GitHub id: at most 19 digits. cdktf.json may contain it as a number. */
export const id: Parser<string> = (input) => {
  const digits = typeof input === 'number' && Number.isSafeInteger(input) ? String(input) : input;
  return typeof digits === 'string' && /^\d{0,19}$/.test(digits)
    ? { value: digits }
    : { expected: 'empty, or an id: at most 19 digits' };
};

/** An ARN that `aws:PrincipalArn` can have. The account has no wildcard, so no pattern admits another account. */
const PRINCIPAL = /^arn:aws[a-z-]*:(iam|sts)::\d{12}:(user|role|federated-user)\/[\w+=,.@/*?-]{1,576}$/;

const MAX_PRINCIPALS = 20;

/** ARNs of users and roles, with wildcards in the name, as an array. An environment variable holds the array as JSON. */
export const principals: Parser<readonly string[]> = (input) => {
  const value = typeof input === 'string' ? parseJson(input) : input;
  const expected =
    `an array of at most ${MAX_PRINCIPALS} ARNs of IAM users and roles (as JSON in the environment variable), such as ` +
    'arn:aws:iam::111122223333:role/admin; * and ? are allowed in the name';
  if (!Array.isArray(value)) return { expected };
  const wrong = value.filter((arn) => typeof arn !== 'string' || !PRINCIPAL.test(arn));
  if (wrong.length > 0) {
    const texts = wrong.map((arn) => JSON.stringify(arn)).join(', ');
    return { expected: `${expected}. Wrong: ${texts}. For a session, write the ARN of its role` };
  }
  return value.length <= MAX_PRINCIPALS ? { value: value as string[] } : { expected };
};

function toNumber(input: unknown): number | undefined {
  if (typeof input === 'number') return input;
  return typeof input === 'string' && /^-?\d{1,9}$/.test(input) ? Number(input) : undefined;
}

/** @returns undefined for text that is not JSON */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
