/** Reads DynamoDB tables (aws_dynamodb_table). */
import type { IndexDeployment, KeySchema, TableDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import type { Attributes, Resource } from './resource';

export function readTable(table: Resource): TableDeployment {
  const { attributes } = table;
  const declared = (attributes['attribute'] ?? []) as readonly { name: string; type: string }[];
  const indexes = ((attributes['global_secondary_index'] ?? []) as readonly Attributes[]).map(readIndex);
  const deployment = {
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    keySchema: keySchemaOf(attributes),
    attributes: declared.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    ...(indexes.length > 0 && { indexes }),
  };
  checkAttributes(table, deployment);
  return deployment;
}

function readIndex(block: Attributes): IndexDeployment {
  return { name: block['name'] as string, keySchema: keySchemaOf(block) };
}

function keySchemaOf(attributes: Attributes): KeySchema {
  const rangeKey = attributes['range_key'] as string | undefined;
  return [
    { AttributeName: attributes['hash_key'] as string, KeyType: 'HASH' },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
  ];
}

/** Terraform refuses a table unless its attributes are exactly the key attributes (provider documentation, aws_dynamodb_table). */
function checkAttributes(
  { address }: Resource,
  { keySchema, attributes, indexes = [] }: Omit<TableDeployment, 'name' | 'arn'>,
) {
  const keys = new Set([keySchema, ...indexes.map((index) => index.keySchema)].flat().map((key) => key.AttributeName));
  const declared = new Set(attributes.map(({ AttributeName }) => AttributeName));
  const fault =
    [...keys].filter((name) => !declared.has(name)).map((name) => `the key ${name} is not an attribute`)[0] ??
    [...declared].filter((name) => !keys.has(name)).map((name) => `the attribute ${name} is in no key`)[0];
  if (fault !== undefined)
    throw new DeploymentError(`${address}: ${fault}. Declare exactly the attributes of the keys.`);
}
