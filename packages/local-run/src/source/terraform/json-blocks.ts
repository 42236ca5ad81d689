/** Finds the blocks of a `.tf.json` file, as `readHcl` does for a `.tf` file. */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { fileCallsIn, withTemplateTokens } from './file-calls';
import type { Block, HclFile } from './hcl-blocks';
import type { Token } from './hcl-tokens';

/** How many labels the blocks of a type have. Other types are read without labels. */
const LABELS = new Map(
  Object.entries({ resource: 2, data: 2, ephemeral: 2, check: 1, module: 1, provider: 1, variable: 1 }),
);

/** Never fails: Terraform reports the syntax errors of the file. */
export function readJsonBlocks(text: string): HclFile {
  const content = parse(text);
  const texts = stringsIn(content).map((string): Token => ({ kind: 'string', text: string }));
  const strings = withTemplateTokens(texts).filter(({ kind }) => kind === 'string');
  const blocks = objectsIn(content).flatMap((object) =>
    Object.entries(object).flatMap(([type, value]) => blocksOf(type, [], value, LABELS.get(type) ?? 0)),
  );
  return { blocks, strings: strings.map((token) => token.text), fileCalls: fileCallsIn(texts) };
}

function blocksOf(type: string, labels: readonly string[], value: unknown, missingLabels: number): Block[] {
  return objectsIn(value).flatMap((object) => {
    if (missingLabels === 0) return [blockOf(type, labels, object), ...dataSourcesOf(type, object)];
    return Object.entries(object).flatMap(([label, body]) =>
      blocksOf(type, [...labels, label], body, missingLabels - 1),
    );
  });
}

/** A block `check` may contain a data source. */
function dataSourcesOf(type: string, body: Readonly<Record<string, unknown>>): Block[] {
  return type === 'check' ? blocksOf('data', [], body['data'], LABELS.get('data') ?? 0) : [];
}

function blockOf(type: string, labels: readonly string[], body: Readonly<Record<string, unknown>>): Block {
  const strings = new Map<string, string>();
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string' && !/[$%]\{/.test(value)) strings.set(name, value);
  }
  return { type, labels, strings, nested: new Set(Object.keys(body)), sources: sourcesIn(body) };
}

function sourcesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'source' && typeof part === 'string' ? [part] : sourcesIn(part),
  );
}

/** Terraform's JSON syntax accepts a list of objects wherever it accepts an object. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return typeof value === 'object' && value !== null ? [value as Record<string, unknown>] : [];
}

/** @returns all strings in a JSON value */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Terraform merges the values of a key that occurs several times in an object. `JSON.parse` would keep only the last value. */
function parse(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return valueOf(parseDocument(text, { uniqueKeys: false }).contents);
}

/** Converts a JSON node. An object with a repeated key becomes a list of objects. */
function valueOf(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map(valueOf);
  if (!isMap(node)) return undefined;
  const entries = node.items.map(
    ({ key, value }) => [String(isScalar(key) ? key.value : key), valueOf(value)] as const,
  );
  const isUnique = new Set(entries.map(([key]) => key)).size === entries.length;
  return isUnique ? Object.fromEntries(entries) : entries.map((entry) => Object.fromEntries([entry]));
}
