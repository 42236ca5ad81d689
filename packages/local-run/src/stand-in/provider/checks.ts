/** Checks of attributes, with the words of Terraform's plugin SDK and of the AWS provider. */

export interface AttributeName {
  /** `size`. */
  readonly name: string;
  /** `ephemeral_storage.0.size`. */
  readonly path: string;
}

/** @returns the error; undefined for a valid value */
export type Check = (value: unknown, attribute: AttributeName) => string | undefined;

/** The checks of an attribute or of each of its elements, or the rules of a nested block. */
export interface Rules {
  readonly [name: string]: Check | readonly Check[] | Rules;
}

export interface Validator {
  readonly rules: Rules;
  /** Checks several attributes together, when each of them is valid. @returns the errors */
  readonly checkAll?: (config: Readonly<Record<string, unknown>>) => readonly string[];
}

/** @param alsoAccepted values that later versions of the provider accept */
export function oneOf(values: readonly string[], alsoAccepted: readonly string[] = []): Check {
  return (value, { name }) =>
    values.includes(String(value)) || alsoAccepted.includes(String(value))
      ? undefined
      : `expected ${name} to be one of [${values.map((each) => `"${each}"`).join(' ')}], got ${String(value)}`;
}

export function between(min: number, max: number): Check {
  return (value, { path }) =>
    Number(value) >= min && Number(value) <= max
      ? undefined
      : `expected ${path} to be in the range (${min} - ${max}), got ${String(value)}`;
}

export function atLeast(min: number): Check {
  return (value, { path }) =>
    Number(value) >= min ? undefined : `expected ${path} to be at least (${min}), got ${String(value)}`;
}

/** The provider counts bytes. */
export function lengthBetween(min: number, max: number): Check {
  return (value, { path }) => {
    const length = Buffer.byteLength(String(value));
    return length >= min && length <= max
      ? undefined
      : `expected length of ${path} to be in the range (${min} - ${max}), got ${String(value)}`;
  };
}

/** @param rule what the provider says about a value that does not match */
export function matching(pattern: RegExp, rule: string): Check {
  return (value, { path }) => (pattern.test(String(value)) ? undefined : `invalid value for ${path} (${rule})`);
}

/** An empty text counts as missing. */
export const arn: Check = (value, { path }) => {
  const text = String(value);
  return text === '' || text.startsWith('arn:')
    ? undefined
    : `"${path}" (${text}) is an invalid ARN: arn: invalid prefix`;
};

export const json: Check = (value, { path }) => {
  const fault = syntaxFault(String(value));
  return fault === undefined ? undefined : `"${path}" contains an invalid JSON: ${fault}`;
};

export const jsonPolicy: Check = (value, { path }) => {
  const text = String(value).trim();
  if (text === '') return `"${path}" is an empty string, which is not a valid JSON value`;
  const fault = objectFault(text) ?? syntaxFault(text);
  return fault === undefined ? undefined : `"${path}" contains an invalid JSON policy: ${fault}`;
};

function objectFault(text: string): string | undefined {
  if (text.startsWith('{')) return undefined;
  if (text.startsWith('[')) return 'contains a JSON array, not a JSON object';
  if (!text.startsWith('"')) return 'not a JSON object';
  const isTwice = syntaxFault(text) === undefined && syntaxFault(JSON.parse(text) as string) === undefined;
  const hint = isTwice ? ' (have you double-encoded your JSON data?)' : '';
  return `contains a JSON-encoded string, not a JSON-encoded object${hint}`;
}

/** @returns the error in the words of Node.js; the provider has the words of Go */
function syntaxFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
