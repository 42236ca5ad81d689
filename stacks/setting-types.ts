/** The kinds of value that settings have, from what cdktf.json (any JSON) or an environment variable (text) holds. */

/** A value, or what is allowed instead. */
export type Read<T> = { readonly value: T } | { readonly allowed: string };

export type Reader<T> = (seen: unknown) => Read<T>;

/** Text of a pattern, at most `most` characters long. */
export function text(pattern: RegExp, most: number, description: string): Reader<string> {
  return (seen) =>
    typeof seen === 'string' && seen.length <= most && pattern.test(seen)
      ? { value: seen }
      : { allowed: `${description}, at most ${most} characters` };
}

/** A whole number within bounds. */
export function number({ from, to, unit }: { from: number; to: number; unit: string }): Reader<number> {
  return (seen) => {
    const value = numeric(seen);
    return value !== undefined && Number.isInteger(value) && value >= from && value <= to
      ? { value }
      : { allowed: `a whole number from ${from} to ${to} (${unit})` };
  };
}

/** One of a list, numbers or words; words in any case. */
export function choice<T extends string | number>(options: readonly T[]): Reader<T> {
  return (seen) => {
    const value = options.find((option) =>
      typeof option === 'number'
        ? option === numeric(seen)
        : typeof seen === 'string' && option.toLowerCase() === seen.toLowerCase(),
    );
    return value === undefined ? { allowed: `one of ${options.join(', ')}` } : { value };
  };
}

export const boolean: Reader<boolean> = (seen) => {
  if (seen === true || seen === 'true') return { value: true };
  if (seen === false || seen === 'false') return { value: false };
  return { allowed: 'true or false' };
};

/** True for anything but false, 0 and nothing, in any case: a variable that others set as they like. */
export const flag: Reader<boolean> = (seen) => {
  if (typeof seen === 'boolean') return { value: seen };
  if (typeof seen === 'string') return { value: !['', '0', 'false'].includes(seen.toLowerCase()) };
  return { allowed: 'true or false' };
};

/** AWS's rule for keys and values of tags, in the characters that every service takes. */
const TAG = /^[\p{L}\p{N} _.:/=+@-]*$/u;

/** Tags: an object, or in an environment variable the same as JSON. */
export function record(reserved: readonly string[]): Reader<Record<string, string>> {
  const allowed =
    'an object of strings (as JSON in the environment variable), at most 40, keys to 128 and values to 256 characters ' +
    `of letters, digits, spaces and _.:/=+-@, no key that starts with aws: or is one of ${reserved.join(', ')}`;
  return (seen) => {
    const value = typeof seen === 'string' ? parsed(seen) : seen;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { allowed };
    const entries = Object.entries(value);
    const fine = entries.every(
      ([key, tag]) =>
        /^(?!aws:).{1,128}$/iu.test(key) &&
        TAG.test(key) &&
        !reserved.includes(key) &&
        typeof tag === 'string' &&
        tag.length <= 256 &&
        TAG.test(tag),
    );
    return fine && entries.length <= 40 ? { value: value as Record<string, string> } : { allowed };
  };
}

function numeric(seen: unknown): number | undefined {
  if (typeof seen === 'number') return seen;
  return typeof seen === 'string' && /^\d{1,9}$/.test(seen) ? Number(seen) : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
