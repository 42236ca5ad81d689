/** Makes the JSON Schemas of a document: of items in answers, in requests, and in patches. */
import type { Api } from '../../function/contract/api';
import { exampleObject } from '../../function/contract/example';
import {
  allKeyFields,
  bodySchema,
  fieldSchema,
  managedSchema,
  modelOf,
  pathParameters,
} from '../../function/contract/model';
import type { ItemSchema, ObjectSchema, Schema, StringSchema } from '../../function/contract/schema';
import { keyTexts } from '../contract-examples';
import { type Json, only } from './json';

/** Converts a schema for requests: unknown fields are refused, and fields with a default are optional. */
export function sentSchema(schema: Schema): Json {
  return convert(schema, (object) => ({
    properties: mapFields(object, sentSchema),
    ...requiredNames((object.required ?? []).filter((name) => object.properties[name]?.default === undefined)),
    additionalProperties: false,
  }));
}

/** Converts a schema for answers: fields with a default are required. A later revision may add fields, so unknown ones are allowed. */
export function answeredSchema(schema: Schema): Json {
  return convert(
    withoutDefault(schema),
    (object) => {
      const defaulted = Object.keys(object.properties).filter((name) => object.properties[name]?.default !== undefined);
      return {
        properties: mapFields(object, answeredSchema),
        ...requiredNames([...new Set([...(object.required ?? []), ...defaulted])]),
      };
    },
    answeredSchema,
  );
}

/** Converts a schema for JSON Merge Patches (RFC 7396): each field is optional, and null removes a field or sets its default. */
export function changedSchema(schema: Schema): Json {
  return convert(withoutDefault(schema), (object) => {
    const { properties, required = [] } = object;
    return {
      properties: mapFields(object, (field, name) => {
        const changed = changedSchema(field);
        const mayBeNull = properties[name]?.default !== undefined || !required.includes(name);
        return mayBeNull ? nullable(changed) : withoutNull(changed);
      }),
      additionalProperties: false,
    };
  });
}

/** Converts a schema for a path or query parameter, which cannot be null and gets no default. */
export function parameterSchema(schema: Schema): Json {
  return withoutNull(sentSchema(withoutDefault(schema)));
}

/** Makes the schema of an item in answers: the managed fields, then the fields that callers send. */
export function itemSchema(api: Api): Json {
  const { managed } = modelOf(api);
  const {
    properties = {},
    required = [],
    ...rest
  } = answeredSchema(api.item) as { properties?: Json; required?: string[] };
  return {
    ...rest,
    properties: {
      ...Object.fromEntries(managed.map(([field, how]) => [field, { ...managedSchema(how), readOnly: true }])),
      ...properties,
    },
    ...requiredNames([...managed.map(([field]) => field), ...required]),
  };
}

/** Makes the schema of the body of a new item. Key fields that are path parameters allow only the characters of a path. */
export function newItemSchema(api: Api, path: string): ItemSchema {
  const body = bodySchema(api, path);
  const properties = Object.entries(body.properties).map(([name, field]) => [name, keySchema(api, name, field)]);
  return { ...body, properties: Object.fromEntries(properties) as Record<string, Schema> };
}

/** Makes an example of the body of a new item. */
export function bodyExample(api: Api, path: string): Json {
  return exampleObject(bodySchema(api, path), keyTexts(api));
}

/** Makes the schema of a path parameter. */
export function pathSchema(api: Api, name: string): Json {
  return parameterSchema(keySchema(api, name, fieldSchema(api, name) ?? { type: 'string', minLength: 1 }));
}

/** DynamoDB's maximum for a partition key, in bytes. A character has at least one byte. */
const MAX_KEY_CHARACTERS = 2048;

/** Adds the rules of keys: not empty, and in paths without the characters that a path loses (function/http/path-id.ts). */
function keySchema(api: Api, name: string, field: Schema): Schema {
  if (field.type !== 'string') return field;
  if (!allKeyFields(api).includes(name) || field.enum !== undefined || field.format !== undefined) return field;
  const isInPath = Object.keys(api.routes).some((routeKey) => pathParameters(routeKey).includes(name));
  const { minLength = 1, maxLength = MAX_KEY_CHARACTERS, pattern } = field;
  const characters = api.gateway === 'http-api' ? '[^/?%]' : '[\\s\\S]';
  return {
    ...field,
    minLength: Math.max(1, minLength),
    maxLength: Math.min(maxLength, MAX_KEY_CHARACTERS),
    // A schema has one pattern: keep the pattern of the contract.
    ...only(isInPath && pattern === undefined, { pattern: `^(?!\\.{1,2}$)${characters}+$` }),
  };
}

const OBJECT_KEYWORDS = ['properties', 'required', 'additionalProperties'];

/** Copies a schema. Converts the fields of objects with `object`, and the items of arrays with `itemsOf`. */
function convert(
  schema: Schema,
  object: (schema: ObjectSchema) => Json,
  itemsOf: (schema: Schema) => Json = sentSchema,
): Json {
  if ('items' in schema) return { ...schema, items: itemsOf(schema.items) };
  if (!('properties' in schema)) {
    // A keyword of contracts alone.
    const { anyLength: _, ...keywords } = schema as StringSchema;
    return { ...keywords, ...numberBounds(schema) };
  }
  const rest = Object.entries(schema).filter(([name]) => !OBJECT_KEYWORDS.includes(name));
  return { ...Object.fromEntries(rest), ...object(schema) };
}

/** Returns the bounds of the numbers that the API stores exactly: see function/dynamodb/number.ts. */
function numberBounds(schema: Schema): Json {
  const isNumber = [schema.type].flat().some((type) => type === 'number' || type === 'integer');
  if (!isNumber || 'enum' in schema) return {};
  return {
    ...only(!('minimum' in schema) && !('exclusiveMinimum' in schema), { minimum: Number.MIN_SAFE_INTEGER }),
    ...only(!('maximum' in schema) && !('exclusiveMaximum' in schema), { maximum: Number.MAX_SAFE_INTEGER }),
  };
}

function withoutDefault(schema: Schema): Schema {
  const { default: _, ...rest } = schema;
  return rest;
}

function mapFields({ properties }: ObjectSchema, change: (field: Schema, name: string) => Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, change(field, name)]));
}

function requiredNames(names: readonly string[]): Json {
  return only(names.length > 0, { required: names });
}

function nullable(schema: Json): Json {
  if ('const' in schema) {
    const { const: value, ...rest } = schema;
    return value === null ? schema : { ...rest, enum: [value, null] };
  }
  const type = [schema['type']].flat();
  const values = schema['enum'] as readonly unknown[] | undefined;
  return {
    ...schema,
    ...only(!type.includes('null'), { type: [...type, 'null'] }),
    ...only(values && !values.includes(null), { enum: [...(values ?? []), null] }),
  };
}

function withoutNull(schema: Json): Json {
  const { type, enum: values } = schema as { type?: unknown; enum?: readonly unknown[] };
  return {
    ...schema,
    ...only(Array.isArray(type), { type: (type as unknown[] | undefined)?.[0] }),
    ...only(values?.includes(null), { enum: values?.filter((value) => value !== null) }),
  };
}
