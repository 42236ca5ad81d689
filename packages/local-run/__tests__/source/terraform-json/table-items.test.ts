/** Reads the items that a stack puts into its tables. */
import { changedPets, readDeployment, type Refusal, testRefusals } from '../../support/deployed-pets';

const put =
  (attributes: object): Refusal[1] =>
  ({ resource }) => {
    const item = { table_name: '${aws_dynamodb_table.pets.name}', hash_key: '${aws_dynamodb_table.pets.hash_key}' };
    resource['aws_dynamodb_table_item'] = { rex: { ...item, ...attributes } };
  };

test('reads the item and its key', () => {
  const item = { id: { S: 'rex' }, age: { N: '3' } };
  expect(readDeployment(changedPets(put({ item: JSON.stringify(item) }))).tableItems).toEqual([
    { address: 'aws_dynamodb_table_item.rex', table: 'pets', item, key: { id: { S: 'rex' } } },
  ]);
});

testRefusals([
  [
    'an item without the key',
    put({ item: '{"name":{"S":"rex"}}' }),
    /^aws_dynamodb_table_item\.rex: the key "id" of the item is missing\. Add the attribute "id" of the type S to item\.$/,
  ],
  [
    'a key of another type',
    put({ item: '{"id":{"N":"1"}}' }),
    /^aws_dynamodb_table_item\.rex: the key "id" of the item is {"N":"1"}\. Add the attribute "id" of the type S to item\.$/,
  ],
  [
    'another hash key',
    put({ hash_key: 'name', item: '{"name":{"S":"rex"}}' }),
    /^aws_dynamodb_table_item\.rex: hash_key and range_key are "name", but the key of the table pets is "id"\./,
  ],
  ['invalid JSON', put({ item: '{' }), /^aws_dynamodb_table_item\.rex: item is "{", not an item in DynamoDB's JSON\./],
  [
    'plain values',
    put({ item: '{"id":"rex"}' }),
    /^aws_dynamodb_table_item\.rex: item is .*, not an item in DynamoDB's/,
  ],
]);
