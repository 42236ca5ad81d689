/** The SDK's schemas (`@smithy/types`, StaticSchema), as far as DynamoDB's operations use them. */

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

/** A number stands for a scalar, or for a list (64) or map (128) of scalars. */
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

/** Kinds of schemas that are arrays. */
export const LIST_OF = 1;
export const MAP_OF = 2;
export const STRUCT = 3;
export const UNION = 4;

/** A bit of the traits of a member: the client makes up a value where there is none. */
const IDEMPOTENCY_TOKEN = 4;

export interface Resolved {
  readonly schema: Schema;
  readonly idempotencyToken: boolean;
}

/** What an operation without a result has. */
export const UNIT: StructSchema = [STRUCT, '', 'unit', 0, [], []];

export function resolved(ref: SchemaRef): Resolved {
  let schema: SchemaRef = ref;
  let traits = 0;
  for (;;) {
    if (typeof schema === 'function') schema = schema();
    else if (schema === 'unit') schema = UNIT;
    // Of the arrays only `[schema, traits]` has two elements.
    else if (typeof schema === 'object' && schema.length === 2) [schema, traits] = schema;
    else return { schema, idempotencyToken: (traits & IDEMPOTENCY_TOKEN) !== 0 };
  }
}

/** Values of attributes have rules of their own, both ways, and are what every call is full of. */
export function isAttributeValue(schema: Schema): boolean {
  return typeof schema === 'object' && schema[2] === 'AttributeValue';
}

type Convert<T> = (value: unknown) => T;

/**
 * Conversions of values by schema, each made once, and not before its first value: schemas refer to each other before they
 * are there, and to themselves.
 */
export function perSchema<T>(
  attributeValue: Convert<T>,
  simple: (schema: number) => Convert<T>,
  complex: (schema: Exclude<Schema, number>) => Convert<T>,
): (ref: SchemaRef) => Convert<T> {
  const made = new Map<Schema, Convert<T>>();
  const make = (schema: Schema) =>
    isAttributeValue(schema) ? attributeValue : typeof schema === 'number' ? simple(schema) : complex(schema);
  return (ref) => {
    let convert: Convert<T> | undefined;
    return (value) => {
      if (!convert) {
        const { schema } = resolved(ref);
        convert = made.get(schema) ?? make(schema);
        made.set(schema, convert);
      }
      return convert(value);
    };
  };
}
