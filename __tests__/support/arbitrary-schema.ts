/** Generates field schemas, and values that fit them or nearly fit them. */
import fc from 'fast-check';
import type { ContractFault } from '../../constructs/contract-check/contract-error';
import { Place } from '../../constructs/contract-check/place';
import { checkPossible } from '../../constructs/contract-check/possible';
import type { ItemSchema, Schema } from '../../function/contract/schema';

const FIELD_NAMES = ['id', 'title', 'price', 'a b', 'Constructor', 'ä'];
const PATTERNS = ['^[a-z]+$', '^[A-Z0-9-]*$', 'a', '^.$'];
const TEXTS = ['', 'a', 'ab', 'A-1', 'ä', '😀', 'constructor', 'x'.repeat(12)];

/** Doubles add and divide quarters without loss, so that every validator agrees on multiples. */
const quarters = fc.integer({ min: -400, max: 400 }).map((count) => count / 4);
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 6 }));

/** Any JSON value whose numbers DynamoDB can store. */
export const json = fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }).map((value) => storable(value));

function storable(value: unknown): unknown {
  // Adding 0 turns -0 into 0.
  if (typeof value === 'number') return Math.round(Math.min(Math.max(value, -1e15), 1e15) * 4) / 4 + 0;
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(fields.map(([name, field]) => [name, storable(field)]));
}

/** Generates two bounds in order. Each is present or absent. */
function bounds(lower: string, upper: string, number: fc.Arbitrary<number>): fc.Arbitrary<object> {
  return fc.tuple(fc.option(number), fc.option(number)).map(([a, b]) => {
    const [min, max] = a !== null && b !== null && a > b ? [b, a] : [a, b];
    return { ...(min !== null && { [lower]: min }), ...(max !== null && { [upper]: max }) };
  });
}

const sizes = fc.integer({ min: 0, max: 5 });

/** Generates a schema of a type, with or without null. */
function typed(type: string, keywords: fc.Arbitrary<object>): fc.Arbitrary<Schema> {
  return fc
    .tuple(fc.boolean(), keywords)
    .map(([orNull, rest]) => ({ type: orNull ? [type, 'null'] : type, ...rest }) as Schema)
    .filter(isPossible);
}

/** Whether a value can fit the schema, according to the contract check. */
function isPossible(schema: Schema): boolean {
  const faults: ContractFault[] = [];
  checkPossible(new Place(schema, '', faults));
  return faults.length === 0;
}

const strings = fc.oneof(
  typed('string', bounds('minLength', 'maxLength', sizes)),
  typed('string', fc.record({ pattern: fc.constantFrom(...PATTERNS), maxLength: fc.integer({ min: 5, max: 12 }) })),
  typed('string', fc.record({ enum: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }) })),
);

const numbers = fc.constantFrom('number', 'integer').chain((type) => {
  const multiples = fc.constantFrom({}, {}, { multipleOf: 0.25 }, { multipleOf: 0.5 }, { multipleOf: 3 });
  const ranges = fc.oneof(
    bounds('minimum', 'maximum', quarters),
    fc.record({ exclusiveMinimum: quarters }),
    fc.record({ exclusiveMaximum: quarters }),
  );
  return typed(
    type,
    fc.tuple(ranges, multiples).map(([range, multiple]) => ({ ...range, ...multiple })),
  );
});

const constants: fc.Arbitrary<Schema> = fc
  .oneof(text, quarters, fc.boolean(), fc.constant(null))
  .map((value) => ({ const: value }));

const scalars = fc.oneof(
  strings,
  numbers,
  typed('boolean', fc.constant({})),
  fc.constant<Schema>({ type: 'null' }),
  constants,
);

const { schema, object } = fc.letrec<{ schema: Schema; object: Schema; array: Schema }>((tie) => ({
  schema: fc.oneof({ maxDepth: 3 }, scalars, scalars, tie('array'), tie('object')),
  array: typed(
    'array',
    fc
      .tuple(tie('schema'), bounds('minItems', 'maxItems', sizes), fc.boolean())
      // Only this project's validator fills in defaults before it compares items.
      .map(([items, size, isUnique]) => ({
        items,
        ...size,
        ...(isUnique && !JSON.stringify(items).includes('"default"') && { uniqueItems: true, maxItems: 5 }),
      })),
  ),
  object: typed(
    'object',
    fc
      .dictionary(fc.constantFrom(...FIELD_NAMES), tie('schema').chain(withDefault), {
        maxKeys: 4,
        noNullPrototype: true,
      })
      .chain((properties) => {
        const names = Object.keys(properties).filter((name) => properties[name]?.default === undefined);
        return fc.subarray(names).map((required) => ({ properties, required }));
      }),
  ),
}));

/** Generates the schema, or the schema with a default that fits it. */
function withDefault(field: Schema): fc.Arbitrary<Schema> {
  const type = field.type === undefined || typeof field.type === 'string' ? field.type : field.type[0];
  const isPlain = Object.keys(field).length === 1 && (type === 'string' || type === 'number');
  return fc.boolean().map((has) => {
    if (!has) return field;
    if (field.type === undefined) return { ...field, default: field.const };
    if (type === 'boolean') return { ...field, default: true } as Schema;
    return isPlain ? ({ ...field, default: type === 'string' ? 'x' : 1 } as Schema) : field;
  });
}

export { schema as anySchema };

/** Schemas of items. */
export const itemSchema = object.map((item) => ({ ...item, type: 'object' }) as ItemSchema);

/** Generates values that mostly fit the schema. */
export function valueOf(of: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fittingOf(of) }, { weight: 1, arbitrary: json });
}

function fittingOf(of: Schema): fc.Arbitrary<unknown> {
  if (of.type === undefined) return fc.constant(of.const);
  if (typeof of.type !== 'string') {
    const [type] = of.type;
    return fc.oneof(
      { weight: 4, arbitrary: fittingOf({ ...of, type } as Schema) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
  }
  const values = of as unknown as { readonly enum?: readonly unknown[]; readonly multipleOf?: number };
  if (values.enum) return fc.constantFrom(...values.enum);
  switch (of.type) {
    case 'string':
      return text;
    case 'number':
    case 'integer':
      return fc.oneof(
        quarters,
        fc.integer({ min: -9, max: 9 }).map((count) => count * (values.multipleOf ?? 1)),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valueOf(of.items), { minLength: of.minItems ?? 0, maxLength: Math.max(of.minItems ?? 0, 4) });
    case 'object': {
      const fields = Object.entries(of.properties).map(([name, field]) => [name, valueOf(field)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...(of.required ?? [])], noNullPrototype: true });
    }
  }
}
