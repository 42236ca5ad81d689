/** ReturnValuesOnConditionCheckFailure of PutItem, UpdateItem and DeleteItem, which dynalite ignores. */
import type { KeySchema } from '../../../model/deployment';
import { hasErrorType } from '../client';
import type { RequestInput } from './attribute-names';
import type { Answer, Dynalite } from './dynalite';

/** @returns dynalite's answer, with the item if its condition failed */
export async function writeOrReturnItem(dynalite: Dynalite, operation: string, input: RequestInput): Promise<Answer> {
  const answer = await dynalite.call(operation, input);
  if (!hasErrorType(answer.body, 'ConditionalCheckFailedException')) return answer;
  const { TableName } = input;
  const { body: description } = await dynalite.call('DescribeTable', { TableName });
  const { KeySchema: keys } = description['Table'] as { readonly KeySchema: KeySchema };
  const source = (input['Item'] ?? input['Key']) as RequestInput;
  const Key = Object.fromEntries(keys.map(({ AttributeName: name }) => [name, source[name]]));
  const { body } = await dynalite.call('GetItem', { TableName, Key, ConsistentRead: true });
  return { ...answer, body: { ...answer.body, Item: body['Item'] } };
}
