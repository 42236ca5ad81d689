/** Tables with sort keys, number keys, indexes and TTL: as Terraform declares them, and in dynalite. */
import { callDynamodb } from '../../../src/services/dynamodb/client';
import { startDynamodb } from '../../../src/services/dynamodb/dynamodb';
import { createTable } from '../../../src/services/dynamodb/tables';
import { changedPets, readDeployment, type Refusal, setAttribute, testRefusals } from '../../support/deployed-pets';

const INDEX = { name: 'byOwner', hash_key: 'owner', range_key: 'age', projection_type: 'ALL' };

const ATTRIBUTES = [
  { name: 'id', type: 'S' },
  { name: 'age', type: 'N' },
  { name: 'owner', type: 'S' },
];

function tableWith(attributes: object) {
  const [table] = readDeployment(
    changedPets(({ resource }) => {
      for (const [name, value] of Object.entries(attributes))
        setAttribute(resource, 'aws_dynamodb_table.pets', name, value);
    }),
  ).tables;
  if (!table) throw new Error('no table');
  return table;
}

test('ignores capacities', () => {
  const capacity = { read_capacity: 1, write_capacity: 1 };
  const index = { ...INDEX, ...capacity, on_demand_throughput: { max_read_request_units: 9 } };
  const provisioned = { billing_mode: 'PROVISIONED', ...capacity, global_secondary_index: [index] };
  expect(tableWith({ ...INDEXED, ...provisioned })).toEqual(tableWith(INDEXED));
});

const INDEXED = {
  range_key: 'age',
  attribute: ATTRIBUTES,
  global_secondary_index: [INDEX],
  ttl: { attribute_name: 'expiresAt', enabled: true },
};

test('reads the sort key, number keys and indexes', () => {
  expect(tableWith(INDEXED)).toMatchObject({
    keySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'age', KeyType: 'RANGE' },
    ],
    attributes: expect.arrayContaining([{ AttributeName: 'age', AttributeType: 'N' }]),
    indexes: [
      {
        name: 'byOwner',
        keySchema: [
          { AttributeName: 'owner', KeyType: 'HASH' },
          { AttributeName: 'age', KeyType: 'RANGE' },
        ],
        projection: { type: 'ALL' },
      },
    ],
    ttlAttribute: 'expiresAt',
  });
});

test('reads local indexes and projections', () => {
  const local = [
    { name: 'byOwner', range_key: 'owner', projection_type: 'INCLUDE', non_key_attributes: ['name', 'color'] },
    { name: 'keys', range_key: 'owner', projection_type: 'KEYS_ONLY' },
  ];
  const { indexes, localIndexes } = tableWith({
    ...INDEXED,
    global_secondary_index: [],
    local_secondary_index: local,
    ttl: { attribute_name: '', enabled: false },
  });
  expect(indexes).toBeUndefined();
  const keySchema = [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'owner', KeyType: 'RANGE' },
  ];
  expect(localIndexes).toEqual([
    { name: 'byOwner', keySchema, projection: { type: 'INCLUDE', nonKeyAttributes: ['color', 'name'] } },
    { name: 'keys', keySchema, projection: { type: 'KEYS_ONLY' } },
  ]);
});

test('a disabled TTL has no attribute', () => {
  expect(tableWith({ ...INDEXED, ttl: { attribute_name: 'expiresAt', enabled: false } })).not.toHaveProperty(
    'ttlAttribute',
  );
});

test('reads an ordinary table with all settings that have no effect on one machine', () => {
  const table = tableWith({
    table_class: 'STANDARD_INFREQUENT_ACCESS',
    server_side_encryption: { enabled: true },
    point_in_time_recovery: { enabled: true, recovery_period_in_days: 7 },
    deletion_protection_enabled: true,
    stream_enabled: true,
    stream_view_type: 'NEW_AND_OLD_IMAGES',
    replica: [{ region_name: 'eu-west-1' }],
    on_demand_throughput: { max_read_request_units: 1 },
  });
  expect(table).toEqual(tableWith({}));
});

test('a table with a stream has the ARN of the stream', () => {
  const { outputs } = readDeployment(
    changedPets(({ resource, output }) => {
      setAttribute(resource, 'aws_dynamodb_table.pets', 'stream_enabled', true);
      output['stream'] = { value: '${aws_dynamodb_table.pets.stream_arn}' };
    }),
  );
  expect(outputs['stream']).toMatch(
    /^arn:aws:dynamodb:us-east-1:000000000000:table\/pets\/stream\/2\d{3}-[\d-]+T[\d:.]+$/,
  );
});

test.each([
  ['import_table', { input_format: 'CSV', s3_bucket_source: { bucket: 'b' } }],
  ['restore_source_name', 'other'],
])('routes of a table with %s are not simulated: its items are not on this machine', (attribute, value) => {
  const { tables, notSimulated } = readDeployment(
    changedPets(({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', attribute, value)),
  );
  expect(tables).toEqual([]);
  expect(notSimulated).toMatchObject([{ address: 'aws_dynamodb_table.pets', attribute }]);
});

const change =
  (attributes: object): Refusal[1] =>
  ({ resource }) =>
    Object.entries({ ...INDEXED, ...attributes }).forEach(([name, value]) =>
      setAttribute(resource, 'aws_dynamodb_table.pets', name, value),
    );

testRefusals([
  [
    'a key without a type',
    change({ attribute: ATTRIBUTES.slice(0, 2) }),
    /aws_dynamodb_table\.pets: the key owner is not an attribute/,
  ],
  [
    'an attribute in no key',
    change({ global_secondary_index: [] }),
    /aws_dynamodb_table\.pets: the attribute owner is in no key/,
  ],
  [
    'an enabled TTL without an attribute',
    change({ ttl: { enabled: true } }),
    /aws_dynamodb_table\.pets: ttl is enabled, but has no attribute_name\. Set ttl\.attribute_name\./,
  ],
]);

describe('in dynalite', () => {
  const dynamodb = startDynamodb(undefined, (fault) => console.error(fault));
  afterAll(async () => (await dynamodb).stop());

  test('an index answers a query by its number key, in order', async () => {
    const { endpoint } = await dynamodb;
    await createTable(endpoint, tableWith(INDEXED), { inMemory: true });
    for (const age of ['10', '9', '2']) {
      const item = { id: { S: `pet-${age}` }, age: { N: age }, owner: { S: 'ada' } };
      await callDynamodb(endpoint, 'PutItem', { TableName: 'pets', Item: item });
    }
    const { body } = await callDynamodb(endpoint, 'Query', {
      TableName: 'pets',
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o AND age >= :a',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'ada' }, ':a': { N: '9' } },
    });
    expect(body['Items']).toMatchObject([{ age: { N: '9' } }, { age: { N: '10' } }]);
  });

  test('refuses an index that the existing table lacks, and keeps one that is no longer declared', async () => {
    const { endpoint } = await dynamodb;
    const create = (change: object) => createTable(endpoint, tableWith({ ...INDEXED, ...change }), { inMemory: true });
    await expect(create({ global_secondary_index: [{ ...INDEX, name: 'byAge' }] })).rejects.toThrow(
      'The existing table pets has no index byAge with the key and the projection in the stack. Terraform would create the',
    );
    await create({ global_secondary_index: [], attribute: ATTRIBUTES.slice(0, 2) });
  });
});
