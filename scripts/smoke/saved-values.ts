/** The values that a session made from a contract saves of each answer. */
import type { Api } from '../../function/contract/api';
import { isOperation, keyFields, routesOf } from '../../function/contract/model';

/** Names of the saved item and of its ETag. No field has such a name. */
export const ITEM = '@item';
export const ETAG = '@etag';

/** The item, its ETag, and the fields that paths and queries name. For `save` of a step whose answer is an item. */
export function savedValues(api: Api): Readonly<Record<string, string>> {
  const indexKeys = Object.values(api.indexes ?? {}).map(({ key }) => keyFields(key)[0] ?? '');
  const filters = routesOf(api).flatMap(({ route }) =>
    isOperation(route) && route.operation === 'list' ? (route.filters ?? []) : [],
  );
  const fields = [...keyFields(api.key), ...indexKeys, ...filters];
  return {
    [ITEM]: 'body',
    [ETAG]: 'header.etag',
    ...Object.fromEntries(fields.map((name) => [name, `body.${name}`])),
  };
}
