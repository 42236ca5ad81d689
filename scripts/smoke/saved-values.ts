/** Names the values that a session made from a contract saves from answers. */
import type { Api } from '../../function/contract/api';
import { isOperation, keyFields, routesOf } from '../../function/contract/model';

/** Names of the saved item and of its ETag. No field has such a name. */
export const ITEM = '@item';
export const ETAG = '@etag';

/** Makes the `save` of a step whose answer is an item: the item, its ETag, and the fields in paths and queries. */
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
