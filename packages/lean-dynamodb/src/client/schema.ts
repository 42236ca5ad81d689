/** The SDK's schemas (`@smithy/types`, StaticSchema): the kinds that DynamoDB's operations use. */

export type StructSchema = readonly [
  kind: 3 | -3 | 4,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  schemas: readonly SchemaRef[],
];
type ListSchema = readonly [kind: 1, namespace: string, name: string, traits: unknown, member: SchemaRef];
type MapSchema = readonly [kind: 2, namespace: string, name: string, traits: unknown, key: SchemaRef, value: SchemaRef];

/** A number is a scalar type. The number plus 64 is a list of the scalar type, plus 128 a map. */
export type Schema = number | StructSchema | ListSchema | MapSchema;
type Lazy = () => SchemaRef;
/** `[schema, traits]` */
type Traited = readonly [schema: SchemaRef, traits: number];
export type SchemaRef = Schema | Lazy | Traited | 'unit';

export type OperationSchema = readonly [
  kind: 9,
  namespace: string,
  name: string,
  traits: unknown,
  input: SchemaRef,
  output: SchemaRef,
];

export const STRING = 0;
export const NUMBER = 1;
export const BOOLEAN = 2;
export const TIMESTAMP = 4;
export const BLOB = 21;
export const LIST = 64;
export const MAP = 128;

/** The first element of a schema that is an array. */
export const LIST_OF = 1;
export const MAP_OF = 2;
export const STRUCT = 3;
export const UNION = 4;

/** A bit in the traits of a member: the client generates the value if it is missing. */
const IDEMPOTENCY_TOKEN = 4;

export interface ResolvedSchema {
  readonly schema: Schema;
  readonly idempotencyToken: boolean;
}

/** The schema of the result of an operation without a result. */
export const UNIT: StructSchema = [STRUCT, '', 'unit', 0, [], []];

/** Follows lazy references and `[schema, traits]` pairs to the schema itself. */
export function resolveSchema(ref: SchemaRef): ResolvedSchema {
  let schema: SchemaRef = ref;
  let traits = 0;
  for (;;) {
    if (typeof schema === 'function') schema = schema();
    else if (schema === 'unit') schema = UNIT;
    // Only a pair `[schema, traits]` has two elements. Other arrays are longer.
    else if (typeof schema === 'object' && schema.length === 2) [schema, traits] = schema;
    else return { schema, idempotencyToken: (traits & IDEMPOTENCY_TOKEN) !== 0 };
  }
}

/** Whether the schema describes attribute values. Every call contains many, and special rules convert them. */
export function isAttributeValue(schema: Schema): boolean {
  return typeof schema === 'object' && schema[2] === 'AttributeValue';
}

type Convert<T> = (value: unknown) => T;

/**
 * Compiles each schema into a conversion once, when its first value arrives. A schema can refer to itself and to schemas
 * that are defined later, so it cannot be compiled earlier.
 * @returns a function that returns the conversion of a schema
 */
export function compileSchemas<T>(
  attributeValue: Convert<T>,
  simple: (schema: number) => Convert<T>,
  complex: (schema: Exclude<Schema, number>) => Convert<T>,
): (ref: SchemaRef) => Convert<T> {
  const conversions = new Map<Schema, Convert<T>>();
  const compile = (schema: Schema) =>
    isAttributeValue(schema) ? attributeValue : typeof schema === 'number' ? simple(schema) : complex(schema);
  return (ref) => {
    let convert: Convert<T> | undefined;
    return (value) => {
      if (!convert) {
        const { schema } = resolveSchema(ref);
        convert = conversions.get(schema) ?? compile(schema);
        conversions.set(schema, convert);
      }
      return convert(value);
    };
  };
}
