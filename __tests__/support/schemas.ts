/** Generates schemas without faults, with formats and patterns. */
import fc from 'fast-check';
import type { Schema } from '../../function/contract/schema';

const small = fc.integer({ min: 0, max: 6 });

/** A minimum, and a maximum that is not below it. */
const range = fc.tuple(small, small).map(([minimum, more]) => [minimum, minimum + more] as const);

const string = fc
  .record({
    range: fc.option(range),
    rule: fc.constantFrom<object>(
      {},
      { pattern: '^[A-Z0-9-]*$', maxLength: 40 },
      { pattern: '^(eu|us)-[a-z]+-\\d{1,2}$', maxLength: 40 },
      { pattern: '^\\p{Lu}{2}(?:\\.\\w+)?#$', maxLength: 40 },
      { format: 'date' },
      { format: 'date-time' },
      { format: 'email' },
      { format: 'uri', pattern: '^https?://', maxLength: 200 },
      { format: 'uuid' },
      { enum: ['a', 'b'] },
    ),
  })
  .map(({ range: lengths, rule }) => ({
    ...(Object.keys(rule).length === 0 && lengths && { minLength: lengths[0], maxLength: lengths[1] }),
    ...rule,
    type: 'string',
  }));

const number = fc
  .record({
    type: fc.constantFrom('number', 'integer'),
    minimum: fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
    width: fc.option(fc.integer({ min: 2, max: 40 }), { nil: undefined }),
    exclusive: fc.boolean(),
    multipleOf: fc.constantFrom(undefined, 1, 0.01),
  })
  .map(({ type, minimum, width, exclusive, multipleOf }) => ({
    type,
    ...(minimum !== undefined && { [exclusive ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(minimum !== undefined &&
      width !== undefined && { [exclusive ? 'exclusiveMaximum' : 'maximum']: minimum + width }),
    ...(multipleOf !== undefined && (type === 'number' || multipleOf === 1) && { multipleOf }),
  }));

const { schema } = fc.letrec<{ schema: object; leaf: object; array: object; object: object }>((tie) => ({
  schema: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('array'), tie('object')),
  leaf: fc.oneof(
    string,
    number,
    fc.constantFrom({ type: 'boolean' }, { type: 'null' }, { const: 'kg' }, { const: 1 }, { const: null }),
  ),
  array: fc.tuple(tie('schema'), range).map(([items, [minItems, more]]) => ({
    type: 'array',
    items,
    minItems,
    maxItems: minItems + more + 1,
  })),
  object: objectOf(tie('schema')),
}));

function objectOf(property: fc.Arbitrary<object>): fc.Arbitrary<object> {
  const names = fc.constantFrom('a', 'b', 'description', 'enum', 'type');
  return fc.tuple(fc.dictionary(names, property, { noNullPrototype: true }), fc.boolean()).map(([properties, all]) => ({
    type: 'object',
    properties,
    ...(all && { required: Object.keys(properties) }),
  }));
}

const nullable = (found: object) =>
  'type' in found && typeof found.type === 'string' && found.type !== 'null' && !('enum' in found)
    ? { ...found, type: [found.type, 'null'] }
    : found;

/** Any schema; some are nullable. */
export const anySchema: fc.Arbitrary<Schema> = fc
  .tuple(schema, fc.boolean())
  .map(([found, isNullable]) => (isNullable ? nullable(found) : found) as Schema);
