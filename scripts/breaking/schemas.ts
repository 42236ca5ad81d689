/** Finds values that a schema of an OpenAPI document no longer accepts, and fields that it no longer promises. */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../constructs/openapi/json';
import { type Findings, shown } from './finding';
import { compareLimits } from './limits';

/** `sent`: callers send the values, and the new schema must accept all old ones. `answered`: callers read them, and must know all new ones. */
export type Direction = 'sent' | 'answered';

/** A schema, and the document in which its references are resolved. */
export interface Located {
  readonly schema: Json;
  readonly document: Json;
}

/** Resolves a `$ref` within the document. */
export function resolve(value: unknown, document: Json): Json {
  const { $ref } = (value ?? {}) as { $ref?: string };
  if ($ref === undefined) return (value ?? {}) as Json;
  const target = $ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Json | undefined)?.[name], document);
  return resolve(target, document);
}

export function compareSchemas(
  before: Located,
  after: Located,
  direction: Direction,
  place: string,
  findings: Findings,
) {
  const old = resolve(before.schema, before.document);
  const now = resolve(after.schema, after.document);
  const [wide, narrow] = direction === 'sent' ? [old, now] : [now, old];
  compareTypes(old, now, direction, place, findings);
  if (direction === 'sent') compareRules(old, now, place, findings);
  // Clients rely on the format of answered values, but not on their limits.
  if (narrow['format'] !== undefined && narrow['format'] !== wide['format']) {
    findings.add(place, `has the format ${shown(now['format'])}, was ${shown(old['format'])}`);
  }
  if (old['items'] && now['items']) {
    const items = { schema: now['items'] as Json, document: after.document };
    compareSchemas({ ...before, schema: old['items'] as Json }, items, direction, `${place}[]`, findings);
  }
  compareProperties({ ...before, schema: old }, { ...after, schema: now }, direction, place, findings);
}

function compareTypes(old: Json, now: Json, direction: Direction, place: string, findings: Findings): void {
  const [wide, narrow] = direction === 'sent' ? [old, now] : [now, old];
  const [offeredTypes, acceptedTypes] = [typesOf(wide), declaredTypes(narrow)];
  const lost = offeredTypes.filter((type) => !acceptedTypes.includes(type));
  if (acceptedTypes.length > 0 && (lost.length > 0 || offeredTypes.length === 0)) {
    findings.add(place, `has the type ${shown(now['type'])}, was ${shown(old['type'])}`);
  }
  const [accepted, offered] = [valuesOf(narrow), valuesOf(wide)];
  if (accepted && !offered?.every((value) => accepted.some((other) => isDeepStrictEqual(value, other)))) {
    findings.add(place, `has the values ${shown(valuesOf(now))}, was ${shown(valuesOf(old))}`);
  }
}

/** Lists the types of the values that fit a schema. Some schemas of the type `number` allow only integers. */
function typesOf(schema: Json): readonly string[] {
  const values = valuesOf(schema);
  if (values) return values.map(typeOf);
  const types = declaredTypes(schema);
  return Number.isInteger(schema['multipleOf']) ? types.filter((type) => type !== 'number') : types;
}

/** Lists the types that a schema names. `number` includes `integer`. */
function declaredTypes(schema: Json): readonly string[] {
  const types = [schema['type'] ?? []].flat() as string[];
  return types.flatMap((type) => (type === 'number' ? ['number', 'integer'] : [type]));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function valuesOf(schema: Json): readonly unknown[] | undefined {
  return 'const' in schema ? [schema['const']] : (schema['enum'] as readonly unknown[] | undefined);
}

function compareRules(old: Json, now: Json, place: string, findings: Findings): void {
  const changed = (name: string) => findings.add(place, `has ${name} ${shown(now[name])}, was ${shown(old[name])}`);
  compareLimits(old, now, place, findings);
  if (now['pattern'] !== undefined && now['pattern'] !== old['pattern']) changed('pattern');
  if (now['uniqueItems'] === true && old['uniqueItems'] !== true) changed('uniqueItems');
  if (old['default'] !== undefined && !isDeepStrictEqual(old['default'], now['default'])) changed('default');
}

function compareProperties(before: Located, after: Located, direction: Direction, place: string, findings: Findings) {
  const [old, now] = [propertiesOf(before.schema), propertiesOf(after.schema)];
  const isRequired = (schema: Json, name: string) => ((schema['required'] ?? []) as string[]).includes(name);
  for (const [name, schema] of Object.entries(old)) {
    const next = now[name];
    const field = fieldPlace(place, name);
    if (!next) {
      findings.add(field, direction === 'sent' ? 'is refused now' : 'is not answered any more');
      continue;
    }
    const [wasRequired, isNow] = [isRequired(before.schema, name), isRequired(after.schema, name)];
    if (direction === 'sent' && isNow && !wasRequired) findings.add(field, 'is required now');
    if (direction === 'answered' && wasRequired && !isNow) findings.add(field, 'may be absent now');
    compareSchemas({ ...before, schema }, { ...after, schema: next }, direction, field, findings);
  }
  if (direction !== 'sent') return;
  for (const name of Object.keys(now)) {
    if (name in old || !isRequired(after.schema, name)) continue;
    findings.add(fieldPlace(place, name), 'is required now');
  }
}

/** @example fieldPlace('POST /orders, body address', 'city') // 'POST /orders, body address.city' */
function fieldPlace(place: string, name: string): string {
  return /(^|, |\d )(body|item)$/.test(place) ? `${place} ${name}` : `${place}.${name}`;
}

function propertiesOf(schema: Json): Readonly<Record<string, Json>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Json>>;
}
