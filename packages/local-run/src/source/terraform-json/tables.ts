/** Reads DynamoDB tables (aws_dynamodb_table). */
import type { TableDeployment } from '../../model/deployment';
import type { Resource } from './resource';
import { checkValue } from './resources';

export function readTable(table: Resource): TableDeployment {
  checkValue(table, 'billing_mode', ['PAY_PER_REQUEST']);
  const { attributes } = table;
  const declared = attributes['attribute'] as readonly { name: string; type: string }[];
  const rangeKey = attributes['range_key'] as string | undefined;
  return {
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    keySchema: [
      { AttributeName: attributes['hash_key'] as string, KeyType: 'HASH' },
      ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
    ],
    attributes: declared.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
  };
}
