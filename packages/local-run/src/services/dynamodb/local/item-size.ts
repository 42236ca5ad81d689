/** Sizes of items (developer guide, "DynamoDB item sizes and formats"). */
import { isObject } from '../../is-object';

/** @returns the size of an item, a key or another map from attribute names, in bytes */
export function itemBytes(item: unknown): number {
  if (!isObject(item)) return 0;
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

/** @returns the size of an attribute value such as `{"S": "a"}`, in bytes */
export function valueBytes(value: unknown): number {
  if (!isObject(value)) return 0;
  const [type = '', content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'N':
      return Math.ceil(String(content).replace(/[^\d]/g, '').length / 2) + 1;
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as unknown[]).reduce<number>(
        (sum, element) => sum + valueBytes({ [type.charAt(0)]: element }),
        0,
      );
    case 'L':
      return (content as unknown[]).reduce<number>((sum, element) => sum + 1 + valueBytes(element), 3);
    case 'M':
      return 3 + Object.keys(content as object).length + itemBytes(content);
    default:
      return 1;
  }
}
