/** Rules for the values of key fields, which DynamoDB must be able to store and paths of the API must be able to carry. */
import type { Api } from '../contract/api';
import { fieldSchema, keyFields, pathParameters, splitRoute } from '../contract/model';
import { keyFault, MAX_KEY_BYTES, MAX_SORT_KEY_BYTES } from '../dynamodb/storable';
import { pathFault } from '../http/path-id';
import type { Rule, Rules } from './check-value';

/**
 * Makes the rules of all string fields in the keys of the table and its indexes.
 * Prepare them once. Pass them to `checkValue` for a body, and call them for path parameters.
 * @example keyRules(items).get('id')?.('a/b') // 'must not contain /, which the path of this API cannot carry'
 */
export function keyRules(api: Api): Rules {
  const inPaths = new Set(Object.keys(api.routes).flatMap((routeKey) => pathParameters(splitRoute(routeKey).path)));
  const rules = new Map<string, Rule>();
  for (const [name, maxBytes] of keySizes(api)) {
    const schema = fieldSchema(api, name);
    if (schema?.type !== 'string') continue;
    rules.set(name, (value) => {
      const text = value as string;
      return keyFault(text, maxBytes) ?? (inPaths.has(name) ? pathFault(text, api.gateway) : undefined);
    });
  }
  return rules;
}

/** Returns the maximum size of each key field in bytes. The smaller maximum applies to a field that is also a sort key. */
function keySizes({ key, indexes = {} }: Api): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [partition = '', sort] of [key, ...Object.values(indexes).map((index) => index.key)].map(keyFields)) {
    if (!sizes.has(partition)) sizes.set(partition, MAX_KEY_BYTES);
    if (sort !== undefined) sizes.set(sort, MAX_SORT_KEY_BYTES);
  }
  return sizes;
}
