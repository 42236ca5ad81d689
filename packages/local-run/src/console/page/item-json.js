/**
 * Converts items between DynamoDB's JSON and plain JSON with exact numbers. Sets and binary values have no plain form and stay in
 * DynamoDB's JSON: `{"SS": ["a"]}`. A map that looks like such a value is written as `{"M": ...}` in DynamoDB's JSON.
 */

/** A number as it is written. JavaScript's numbers would lose digits. */
class NumberText {
  constructor(text) {
    this.text = text;
  }
}

/** Replaces a number while the text is parsed. The name cannot be typed by accident. */
const NUMBER_MARK = '\u0000number';

/** A text, or a number outside of texts. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** @returns plain JSON, indented */
export function itemText(item) {
  return write(mapValues(item, toPlain), '');
}

/**
 * Parses an item in plain JSON.
 * @throws Error when the text is not a JSON object
 */
export function parseItem(text) {
  const value = parseExact(text);
  if (!isMap(value)) throw new Error('Type a JSON object: {"id": "a"}.');
  return mapValues(value, toAttribute);
}

function parseExact(text) {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error.message}`, { cause: error });
  }
  const marked = text.replace(TEXT_OR_NUMBER, (part) => (part.startsWith('"') ? part : `{"\\u0000number":"${part}"}`));
  return JSON.parse(marked, (_, value) =>
    isMap(value) && NUMBER_MARK in value ? new NumberText(value[NUMBER_MARK]) : value,
  );
}

function toPlain(attribute) {
  const [[type, content]] = Object.entries(attribute);
  if (type === 'S' || type === 'BOOL') return content;
  if (type === 'N') return new NumberText(content);
  if (type === 'NULL') return null;
  if (type === 'L') return content.map(toPlain);
  if (type !== 'M') return attribute;
  const plain = mapValues(content, toPlain);
  return isTyped(plain) ? attribute : plain;
}

function toAttribute(value) {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof NumberText) return { N: value.text };
  if (Array.isArray(value)) return { L: value.map(toAttribute) };
  return isTyped(value) ? withoutNumbers(value) : { M: mapValues(value, toAttribute) };
}

/** Whether an object in plain JSON is an attribute value in DynamoDB's JSON. */
function isTyped(value) {
  const entries = Object.entries(value);
  if (entries.length !== 1) return false;
  const [[type, content]] = entries;
  if (type === 'B') return typeof content === 'string';
  if (['SS', 'NS', 'BS'].includes(type))
    return Array.isArray(content) && content.length > 0 && content.every(isElement(type));
  return type === 'M' && isMap(content) && Object.values(content).every(isAttribute);
}

const isElement = (type) => (element) =>
  typeof element === 'string' || (type === 'NS' && element instanceof NumberText);

/** Whether a value within `{"M": ...}` is in DynamoDB's JSON. */
function isAttribute(value) {
  if (!isMap(value)) return false;
  const entries = Object.entries(value);
  if (entries.length !== 1) return false;
  const [[type, content]] = entries;
  if (type === 'S' || type === 'N') return typeof content === 'string';
  if (type === 'BOOL' || type === 'NULL') return typeof content === 'boolean';
  return type === 'L' ? Array.isArray(content) && content.every(isAttribute) : isTyped(value);
}

/** Numbers in a set of numbers may be typed without quotation marks. */
function withoutNumbers(value) {
  const [[type, content]] = Object.entries(value);
  return { [type]: type === 'NS' ? content.map((element) => element.text ?? element) : content };
}

const isMap = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);

function mapValues(map, convert) {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, convert(value)]));
}

function write(value, indent) {
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value))
    return block(
      '[]',
      value.map((element) => write(element, `${indent}  `)),
      indent,
    );
  if (!isMap(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, content]) => `${JSON.stringify(name)}: ${write(content, `${indent}  `)}`,
  );
  return block('{}', members, indent);
}

function block([open, close], lines, indent) {
  if (lines.length === 0) return open + close;
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}
