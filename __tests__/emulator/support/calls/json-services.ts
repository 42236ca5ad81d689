/** Calls of the services with a JSON protocol: DynamoDB, CloudWatch Logs and KMS. */
import type { Call } from '../../../support/iam/call';
import type { AwsRequest } from './request';
import { requestTags, tagsOfList, type Tags } from './tags';

interface LogsParameters {
  readonly logGroupName?: string;
  readonly resourceArn?: string;
  readonly tags?: Tags;
}

/** CreateTable with tags needs TagResource too. */
export function dynamodbCalls(request: AwsRequest): Call[] {
  const { TableName, ResourceArn, Tags: list } = request.json as Readonly<Record<string, string | undefined>>;
  const resource = ResourceArn ?? (TableName === undefined ? '*' : request.arn('dynamodb', `table/${TableName}`));
  const context = requestTags(tagsOfList(list));
  const calls: Call[] = [{ action: `dynamodb:${request.operation}`, resource, context }];
  if (request.operation === 'CreateTable' && list) calls.push({ action: 'dynamodb:TagResource', resource, context });
  return calls;
}

/**
 * AWS checks calls about a log group with the ARN of the group, or with the ARN of its streams. Both must be allowed.
 * CreateLogGroup with tags needs TagResource too.
 */
export function logsCalls(request: AwsRequest): Call[] {
  const { logGroupName, resourceArn, tags = {} } = request.json as LogsParameters;
  const action = `logs:${request.operation}`;
  if (resourceArn !== undefined) return [{ action, resource: resourceArn }];
  const group = request.arn('logs', `log-group:${logGroupName ?? ''}`);
  const streams = `${group}:log-stream:`;
  if (logGroupName === undefined) return [{ action, resource: streams }];
  const context = requestTags(tags);
  const calls: Call[] = [group, streams].map((resource) => ({ action, resource, context }));
  if ('aws:TagKeys' in context) calls.push({ action: 'logs:TagResource', resource: group, context });
  return calls;
}

/** A call can name a key by its alias. IAM then knows the key's ARN and the alias. */
export function kmsCalls(request: AwsRequest): Call[] {
  const key = String(request.json['KeyId']);
  const isAlias = key.startsWith('alias/');
  return [
    {
      action: `kms:${request.operation}`,
      resource: key.startsWith('arn:') ? key : request.arn('kms', `key/${isAlias ? 'of-the-alias' : key}`),
      context: isAlias ? { 'kms:RequestAlias': key } : {},
    },
  ];
}
