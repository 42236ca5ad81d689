/**
 * Parses JSON without loss: numbers keep their digits (RFC 8259, section 6, leaves the precision open), and duplicate keys are
 * reported. JSON.parse rounds numbers and drops all but the last of equal keys.
 */

/** A number that JavaScript would write with other digits, such as 9007199254740993 or 1.0. */
export class ExactNumber {
  constructor(readonly digits: string) {}
}

export type JsonValue =
  null | boolean | number | string | ExactNumber | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Deeper JSON is refused: the code that reads values is recursive. */
const MAX_DEPTH = 200;

/** Space, tab, line feed and carriage return. */
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** A number, or a word. */
const TOKEN = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.+-])/y;

export interface ParsedJson {
  readonly value: JsonValue;
  /** Keys that occur more than once in an object. `value` contains the last member of each. */
  readonly duplicateKeys: readonly string[];
}

/** Parses JSON. @throws SyntaxError for text that is not JSON, or is nested more than 200 levels deep */
export function parseJson(text: string): ParsedJson {
  const duplicateKeys = new Set<string>();
  let position = 0;

  // The message shows at most one character, because the text may be a secret.
  const fail = (): never => {
    const found = position < text.length ? JSON.stringify(text[position]) : 'the end';
    throw new SyntaxError(`unexpected ${found} at position ${position}`);
  };
  /** Skips white space, and returns the next character. */
  const peek = () => {
    while (SPACES.has(text.charCodeAt(position))) position += 1;
    return text[position];
  };
  /** Skips a character, if it is the next. */
  const skip = (character: string): boolean => {
    if (peek() !== character) return false;
    position += 1;
    return true;
  };

  function value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw new SyntaxError(`nested more than ${MAX_DEPTH} levels deep at position ${position}`);
    const first = peek();
    if (first === '{') return object(depth);
    if (first === '[') return list(depth);
    return first === '"' ? string() : literal();
  }

  function object(depth: number): JsonValue {
    const members = new Map<string, JsonValue>();
    position += 1;
    if (!skip('}')) {
      do {
        const key = peek() === '"' ? string() : fail();
        if (!skip(':')) fail();
        if (members.has(key)) duplicateKeys.add(key);
        members.set(key, value(depth + 1));
      } while (skip(','));
      if (!skip('}')) fail();
    }
    // Object.fromEntries also creates a property for the key __proto__.
    return Object.fromEntries(members);
  }

  function list(depth: number): JsonValue {
    const members: JsonValue[] = [];
    position += 1;
    if (skip(']')) return members;
    do members.push(value(depth + 1));
    while (skip(','));
    return skip(']') ? members : fail();
  }

  function string(): string {
    let end = position;
    do {
      end = text.indexOf('"', end + 1);
      if (end < 0) fail();
    } while (isEscaped(text, end));
    const literalText = text.slice(position, end + 1);
    try {
      const parsed = JSON.parse(literalText) as string;
      position = end + 1;
      return parsed;
    } catch {
      return fail();
    }
  }

  function literal(): JsonValue {
    TOKEN.lastIndex = position;
    const found = TOKEN.exec(text)?.[0] ?? fail();
    position += found.length;
    if (/^[tfn]/.test(found)) return JSON.parse(found) as JsonValue;
    return String(Number(found)) === found ? Number(found) : new ExactNumber(found);
  }

  const result = value(0);
  if (peek() !== undefined) fail();
  return { value: result, duplicateKeys: [...duplicateKeys] };
}

/** Whether an odd number of backslashes precedes the position. */
function isEscaped(text: string, position: number): boolean {
  let start = position;
  while (text[start - 1] === '\\') start -= 1;
  return (position - start) % 2 === 1;
}
