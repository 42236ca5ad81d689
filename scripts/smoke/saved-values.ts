/** Names the saved values of a session that is made from a contract. */
import type { Api } from '../../function/contract/api';

/** Names of the saved item and of its ETag. No field has such a name. */
export const ITEM = '@item';
export const ETAG = '@etag';

/** Makes the `save` of a step whose answer is an item: the item, its ETag, and its fields. */
export function savedValues({ item, managed = {} }: Api): Readonly<Record<string, string>> {
  const fields = [...Object.keys(item.properties), ...Object.keys(managed)];
  return {
    [ITEM]: 'body',
    [ETAG]: 'header.etag',
    ...Object.fromEntries(fields.map((name) => [name, `body.${name}`])),
  };
}
