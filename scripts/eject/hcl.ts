/** Prints values of Terraform's JSON syntax as HCL. `terraform fmt` indents and aligns the text later. */
import { type Part, templateParts } from './template';

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

/** Prints a value whose texts are no templates, for example the default of a variable. */
export function literal(value: Value): string {
  return expression(withoutTemplates(value));
}

function withoutTemplates(value: Value): Value {
  if (typeof value === 'string') return escapeTemplates(value);
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutTemplates);
  if (!isBlock(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [escapeTemplates(key), withoutTemplates(inner)]),
  );
}

function escapeTemplates(text: string): string {
  return text.replaceAll(/([$%])\{/g, '$1$1{');
}

/** Prints a template: a single reference as an expression, all others as a quoted string. */
function template(text: string): string {
  const parts = templateParts(text);
  const [first] = parts;
  // A tilde removes spaces of the text around the expression. Only a template can have one.
  const isExpression = parts.length === 1 && first?.isCode && /^\$\{(?!~).*(?<!~)\}$/s.test(first.text);
  if (!isExpression) return quote(parts);
  const code = first.text.slice(2, -1).trim();
  // A line end would end the argument.
  return code.includes('\n') ? `(\n${code}\n)` : code;
}

function quote(parts: readonly Part[]): string {
  refuseTrimmedLines(parts);
  return `"${parts.map(({ isCode, text }) => (isCode ? text : escapeLiteral(text))).join('')}"`;
}

/** A tilde such as in `%{ endif ~}` trims one line of a template, but all lines of a quoted string. */
function refuseTrimmedLines(parts: readonly Part[]): void {
  const isTrimmed = parts.some(({ isCode, text }, index) => {
    const [before, after] = [parts[index - 1], parts[index + 1]];
    if (!isCode) return false;
    return (
      (text.startsWith('~', 2) && before?.isCode === false && /\n\s*$/.test(before.text)) ||
      (text.endsWith('~}') && after?.isCode === false && /^\s*\n/.test(after.text))
    );
  });
  if (!isTrimmed) return;
  const text = parts.map((part) => part.text).join('');
  throw new Error(
    `The template ${JSON.stringify(text)} removes line ends with a tilde, which HCL does in another way. Write it without the tilde.`,
  );
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function escapeLiteral(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f"\\]/g,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
