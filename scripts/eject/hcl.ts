/** Prints values of Terraform's JSON syntax as HCL. `terraform fmt` indents and aligns the text later. */

/** A value of a cdk.tf.json. Strings are templates, in which `${` starts an expression. */
export type Value = null | boolean | number | string | readonly Value[] | Block | EncodedJson;

export interface Block {
  readonly [key: string]: Value;
}

/** A JSON text that HCL builds with `jsonencode`. */
export class EncodedJson {
  constructor(readonly value: Value) {}
}

/** Whether a value is an object of JSON. */
export function isBlock(value: Value | undefined): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof EncodedJson);
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Longer lists and objects get a line for each element. */
const MAX_LINE_CHARACTERS = 80;

/** Prints a value as an expression. */
export function expression(value: Value): string {
  if (value instanceof EncodedJson) return `jsonencode(${expression(value.value)})`;
  if (typeof value === 'string') return template(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return list(value.map(expression));
  const entries = Object.entries(value).map(([key, element]) => `${objectKey(key)} = ${expression(element)}`);
  if (entries.length === 0) return '{}';
  const line = `{ ${entries.join(', ')} }`;
  return entries.length === 1 && fits(line) ? line : `{\n${entries.join('\n')}\n}`;
}

const fits = (line: string) => line.length <= MAX_LINE_CHARACTERS && !line.includes('\n');

/** Prints a list of expressions. */
export function list(expressions: readonly string[]): string {
  const line = `[${expressions.join(', ')}]`;
  if (fits(line)) return line;
  return `[\n${expressions.map((element) => `${element},\n`).join('')}]`;
}

/** Quotes the key `for`, because an object that starts with `for` is a comprehension. */
function objectKey(key: string): string {
  return IDENTIFIER.test(key) && key !== 'for' ? key : quote(templateParts(key));
}

/** Prints a template: a single reference as an expression, all others as a quoted string. */
function template(text: string): string {
  const parts = templateParts(text);
  const [first] = parts;
  return parts.length === 1 && first?.isCode && first.text.startsWith('$')
    ? first.text.slice(2, -1).trim()
    : quote(parts);
}

interface Part {
  /** Whether the text is an interpolation `${...}` or a directive `%{...}`. JSON and HCL have the same syntax for both. */
  readonly isCode: boolean;
  readonly text: string;
}

/** Splits a template. `$${` and `%%{` are literal text. */
function templateParts(text: string): Part[] {
  const parts: Part[] = [];
  let literal = '';
  for (let index = 0; index < text.length;) {
    const start = text.slice(index, index + 3);
    if (start === '$${' || start === '%%{') {
      literal += start;
      index += start.length;
    } else if (start.startsWith('${') || start.startsWith('%{')) {
      const end = endOfCode(text, index + 2);
      if (literal !== '') parts.push({ isCode: false, text: literal });
      parts.push({ isCode: true, text: text.slice(index, end) });
      literal = '';
      index = end;
    } else {
      literal += text.charAt(index);
      index += 1;
    }
  }
  return literal === '' && parts.length > 0 ? parts : [...parts, { isCode: false, text: literal }];
}

/**
 * Finds the end of an interpolation or directive. Braces and quotes can be nested: `${jsonencode({ name = "${var.name}}" })}`.
 * @param start index behind the opening brace
 */
function endOfCode(text: string, start: number): number {
  // The open braces and quotes.
  const open: string[] = ['{'];
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (open.at(-1) === '"') {
      if (character === '\\') index += 1;
      else if (character === '"') open.pop();
      else if (/^(\$\$|%%)\{/.test(text.slice(index, index + 3))) index += 2;
      else if (/^[$%]\{/.test(text.slice(index, index + 2))) {
        open.push('{');
        index += 1;
      }
    } else if (character === '"' || character === '{') open.push(character);
    else if (character === '}') {
      open.pop();
      if (open.length === 0) return index + 1;
    }
  }
  throw new Error(`The template ${JSON.stringify(text)} has no closing brace. Correct the text in the stack.`);
}

function quote(parts: readonly Part[]): string {
  return `"${parts.map(({ isCode, text }) => (isCode ? text : escapeLiteral(text))).join('')}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function escapeLiteral(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f"\\]/g,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
