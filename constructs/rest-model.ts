/** Converts the schema of a body to a model of a REST API. */
import type { Api } from '../function/contract/api';
import { bodySchema, type ContractRoute, isOperation } from '../function/contract/model';
import type { NumberSchema, Schema } from '../function/contract/schema';

type Keywords = Readonly<Record<string, unknown>>;

/**
 * Makes the model of a route's body.
 * @returns undefined for a route without a body, for a raw body, and for `update`, whose body can be a part of an item
 */
export function modelSchema(api: Api, { route, path }: ContractRoute): object | undefined {
  if (isOperation(route)) {
    return ['create', 'put', 'replace'].includes(route.operation) ? toDraft4(bodySchema(api, path)) : undefined;
  }
  return route.body === undefined || route.body === 'raw' ? undefined : toDraft4(route.body);
}

/**
 * Converts a schema to JSON Schema draft 4, which API Gateway's models use. A model must never refuse a body that the function
 * accepts, so the model lacks these keywords, and only the function checks them:
 * - `pattern`: API Gateway's regular expressions do not have the flag `u`
 * - `format`: AWS does not document which texts its formats accept
 * - `multipleOf` with decimals: 19.99 may not count as a multiple of 0.01
 *
 * An `integer` becomes a number that is a multiple of 1: in draft 4, 1.0 is not an integer.
 */
export function toDraft4(schema: Schema): Keywords {
  if (!('type' in schema) || schema.type === undefined) return { enum: ['const' in schema ? schema.const : null] };
  const common = { type: draft4Type(schema.type), ...('enum' in schema && { enum: schema.enum }) };
  if ('properties' in schema) return { ...common, ...objectKeywords(schema.properties, schema.required) };
  if ('items' in schema) {
    return { ...common, items: toDraft4(schema.items), ...only(schema, ['minItems', 'maxItems', 'uniqueItems']) };
  }
  return { ...common, ...only(schema, ['minLength', 'maxLength']), ...numberKeywords(schema as NumberSchema) };
}

function draft4Type(type: unknown): unknown {
  if (Array.isArray(type)) return type.map(draft4Type);
  return type === 'integer' ? 'number' : type;
}

/** Draft 4 does not allow an empty list of required fields. */
function objectKeywords(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Keywords {
  return {
    properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, toDraft4(schema)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function numberKeywords(schema: NumberSchema): Keywords {
  const { multipleOf } = schema;
  const divisor = multipleOf !== undefined && Number.isInteger(multipleOf) ? multipleOf : undefined;
  const isInteger = [schema.type].flat().includes('integer');
  return {
    ...bound('minimum', 'exclusiveMinimum', schema.minimum, schema.exclusiveMinimum, Math.max),
    ...bound('maximum', 'exclusiveMaximum', schema.maximum, schema.exclusiveMaximum, Math.min),
    ...(divisor !== undefined || isInteger ? { multipleOf: divisor ?? 1 } : {}),
  };
}

/** Makes a bound of draft 4: `minimum` is a number, and the boolean `exclusiveMinimum` says whether the bound is exclusive. */
function bound(
  name: string,
  exclusiveName: string,
  inclusive: number | undefined,
  exclusive: number | undefined,
  tighter: (a: number, b: number) => number,
): Keywords {
  if (inclusive === undefined && exclusive === undefined) return {};
  if (exclusive === undefined) return { [name]: inclusive };
  if (inclusive !== undefined && tighter(inclusive, exclusive) !== exclusive) return { [name]: inclusive };
  return { [name]: exclusive, [exclusiveName]: true };
}

function only(schema: Schema, names: readonly string[]): Keywords {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => names.includes(name)));
}
