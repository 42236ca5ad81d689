/** Rules for the values of key fields: DynamoDB must be able to store them, and paths of the API to carry them. */
import type { Api } from '../contract/api';
import { fieldSchema, keyFields, pathParameters, splitRoute } from '../contract/model';
import { keyFault, MAX_KEY_BYTES, MAX_SORT_KEY_BYTES } from '../dynamodb/storable';
import { pathFault } from '../http/path-id';
import type { Rule, Rules } from './check-value';

/**
 * The rules of all string fields in the keys of the table and its indexes.
 * Prepare them once; then give them to `checkValue` for a body, and call them for path parameters.
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

/** The maximum size of each key field in bytes. A field that is the sort key of any index has the smaller size. */
function keySizes({ key, indexes = {} }: Api): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [partition = '', sort] of [key, ...Object.values(indexes).map((index) => index.key)].map(keyFields)) {
    if (!sizes.has(partition)) sizes.set(partition, MAX_KEY_BYTES);
    if (sort !== undefined) sizes.set(sort, MAX_SORT_KEY_BYTES);
  }
  return sizes;
}
