/** Makes the values that a session sends: examples of the contract's schemas, with keys that are new in each run. */
import type { Api, ListRoute } from '../../function/contract/api';
import { exampleObject, exampleOf } from '../../function/contract/example';
import { allKeyFields, bodySchema, fieldSchema, pathAndClaimFields, keyFields } from '../../function/contract/model';
import { uniqueValue } from './unique-values';

type FieldValues = Readonly<Record<string, unknown>>;

const HOUR_MS = 3_600_000;

/** Makes new values of the key fields that callers send. */
export function newKeyValues({ key, item }: Api): FieldValues {
  return Object.fromEntries(
    keyFields(key).flatMap((name) => {
      const schema = item.properties[name];
      return schema ? [[name, uniqueValue(schema, name) ?? exampleOf(schema, name)]] : [];
    }),
  );
}

/** Whether the item of each run has a key that no other item has. */
export function hasUniqueKey({ key, item, managed = {} }: Api): boolean {
  return keyFields(key).some((name) => {
    const how = managed[name];
    if (how !== undefined) return typeof how === 'string' || 'random' in how;
    const schema = item.properties[name];
    return schema !== undefined && uniqueValue(schema, name) !== undefined;
  });
}

/** Makes a body with all fields that are not in the path. @param keys values to use instead of examples */
export function newBody(api: Api, path: string, keys: FieldValues): FieldValues {
  const schema = bodySchema(api, path);
  const values = Object.entries({ ...expiry(api), ...keys }).filter(([name]) => Object.hasOwn(schema.properties, name));
  return { ...exampleObject(schema), ...Object.fromEntries(values) };
}

/** Makes a time of expiry after the end of the session. */
function expiry({ ttl }: Api): FieldValues {
  return ttl === undefined ? {} : { [ttl]: new Date(Math.ceil(Date.now() / 1000) * 1000 + HOUR_MS).toISOString() };
}

/** Makes a patch of one field that is not part of a key. */
export function examplePatch(api: Api, path: string): FieldValues {
  const keys = allKeyFields(api);
  const fields = Object.entries(newBody(api, path, {})).filter(([name]) => !keys.includes(name));
  return Object.fromEntries(fields.slice(0, 1));
}

/** Replaces the parameters of a path with values, or with examples. */
export function pathWithExamples(api: Api, path: string, values: FieldValues): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const schema = fieldSchema(api, name);
    return encodeURIComponent(String(values[name] ?? (schema ? exampleOf(schema, name) : name)));
  });
}

/** Makes the query of a list that contains the session's item. Its placeholders name fields of the item. */
export function listQuery(api: Api, path: string, { index, filters = [] }: ListRoute): string {
  const key = index === undefined ? undefined : api.indexes?.[index]?.key;
  const partition = key === undefined ? [] : keyFields(key).slice(0, 1);
  const pathFields = pathAndClaimFields(api, path);
  const fields = [...new Set([...partition, ...filters.slice(0, 1)])].filter((name) => !pathFields.includes(name));
  return `?${[...fields.map((name) => `${encodeURIComponent(name)}={${name}}`), 'limit=1'].join('&')}`;
}
