/** Reads the items that a stack puts into tables (aws_dynamodb_table_item). */
import type { Item, TableDeployment, TableItemDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { isObject } from '../../services/is-object';
import type { Resource } from './resource';

/**
 * @param tables the tables of the stack. The key of an item of another table is read from the resource itself.
 * @throws DeploymentError when the item is no JSON object, or lacks a key of its table
 */
export function readTableItem(
  { address, attributes }: Resource,
  tables: readonly TableDeployment[],
): TableItemDeployment {
  const item = parseItem(address, attributes['item']);
  const table = attributes['table_name'] as string;
  const named = [attributes['hash_key'], attributes['range_key']].filter(Boolean) as string[];
  const deployed = tables.find(({ name }) => name === table);
  const expected = deployed?.keySchema.map(({ AttributeName }) => AttributeName) ?? named;
  if (expected.join() !== named.join()) {
    const text = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(' and ');
    throw new DeploymentError(
      `${address}: hash_key and range_key are ${text(named)}, but the key of the table ${table} is ${text(expected)}. ` +
        'Set hash_key and range_key to the key of the table.',
    );
  }
  const key = Object.fromEntries(
    expected.map((name) => [name, keyValueOf(address, item, name, typeOf(deployed, name))]),
  );
  return { address, table, item, key };
}

function parseItem(address: string, json: unknown): Item {
  try {
    const item: unknown = JSON.parse(String(json));
    if (isObject(item) && Object.values(item).every(isObject)) return item as Item;
  } catch {
    // Refused below.
  }
  throw new DeploymentError(
    `${address}: item is ${JSON.stringify(json)}, not an item in DynamoDB's JSON. ` +
      'Write each attribute with its type, such as {"id": {"S": "a"}}.',
  );
}

function typeOf(table: TableDeployment | undefined, attribute: string): string | undefined {
  return table?.attributes.find(({ AttributeName }) => AttributeName === attribute)?.AttributeType;
}

/** @param type the type of the key in the table. Undefined: the table is not in this stack, and DynamoDB checks the type. */
function keyValueOf(address: string, item: Item, name: string, type: string | undefined): Item[string] {
  const value = item[name];
  if (value && (type === undefined || Object.keys(value).join() === type)) return value;
  const seen = value ? `is ${JSON.stringify(value)}` : 'is missing';
  const wanted = type === undefined ? '' : ` of the type ${type}`;
  throw new DeploymentError(
    `${address}: the key ${JSON.stringify(name)} of the item ${seen}. Add the attribute ${JSON.stringify(name)}${wanted} to item.`,
  );
}
