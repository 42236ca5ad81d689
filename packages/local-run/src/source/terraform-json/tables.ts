/** Reads DynamoDB tables (aws_dynamodb_table). */
import type { IndexDeployment, IndexProjection, KeySchema, TableDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import type { Attributes, Resource } from './resource';
import { blockOf } from './resources';

export function readTable(table: Resource): TableDeployment {
  const { attributes } = table;
  const declared = (attributes['attribute'] ?? []) as readonly { name: string; type: string }[];
  const indexes = blocksOf(attributes, 'global_secondary_index').map((block) => readIndex(block, block));
  const localIndexes = blocksOf(attributes, 'local_secondary_index').map((block) =>
    readIndex(block, { hash_key: attributes['hash_key'], range_key: block['range_key'] }),
  );
  const deployment = {
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    keySchema: keySchemaOf(attributes),
    attributes: declared.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    ...(indexes.length > 0 && { indexes }),
    ...(localIndexes.length > 0 && { localIndexes }),
    ...ttlOf(table),
  };
  checkAttributes(table, deployment);
  return deployment;
}

function blocksOf(attributes: Attributes, name: string): readonly Attributes[] {
  return (attributes[name] ?? []) as readonly Attributes[];
}

function readIndex(block: Attributes, keys: Attributes): IndexDeployment {
  return { name: block['name'] as string, keySchema: keySchemaOf(keys), projection: projectionOf(block) };
}

function projectionOf(block: Attributes): IndexProjection {
  const type = block['projection_type'] as IndexProjection['type'];
  if (type !== 'INCLUDE') return { type };
  // A Terraform set: the order has no meaning.
  const nonKeyAttributes = [...((block['non_key_attributes'] ?? []) as readonly string[])].sort();
  return { type, nonKeyAttributes };
}

function keySchemaOf(attributes: Attributes): KeySchema {
  const { hash_key: hashKey, range_key: rangeKey } = attributes as { hash_key: string; range_key?: string };
  return [
    { AttributeName: hashKey, KeyType: 'HASH' },
    ...(rangeKey ? [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }] : []),
  ];
}

/** @throws DeploymentError for an enabled TTL without an attribute, which the provider refuses */
function ttlOf(table: Resource): Pick<TableDeployment, 'ttlAttribute'> {
  const { attribute_name: ttlAttribute, enabled } = blockOf(table, 'ttl');
  if (enabled !== true) return {};
  if (typeof ttlAttribute === 'string' && ttlAttribute !== '') return { ttlAttribute };
  throw new DeploymentError(`${table.address}: ttl is enabled, but has no attribute_name. Set ttl.attribute_name.`);
}

/** Terraform refuses a table unless its attributes are exactly the key attributes (provider documentation, aws_dynamodb_table). */
function checkAttributes(
  { address }: Resource,
  { keySchema, attributes, indexes = [], localIndexes = [] }: Omit<TableDeployment, 'name' | 'arn'>,
) {
  const indexKeys = [...indexes, ...localIndexes].map((index) => index.keySchema);
  const keys = new Set([keySchema, ...indexKeys].flat().map((key) => key.AttributeName));
  const declared = new Set(attributes.map(({ AttributeName }) => AttributeName));
  const fault =
    [...keys].filter((name) => !declared.has(name)).map((name) => `the key ${name} is not an attribute`)[0] ??
    [...declared].filter((name) => !keys.has(name)).map((name) => `the attribute ${name} is in no key`)[0];
  if (fault !== undefined)
    throw new DeploymentError(`${address}: ${fault}. Declare exactly the attributes of the keys.`);
}
