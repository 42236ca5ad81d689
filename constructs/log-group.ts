/** CloudWatch log groups whose lines expire. */
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { named } from './named';

export interface LogGroupProps {
  /** Name of the group, for example `/aws/lambda/items`. */
  readonly name: string;
  /** Days until a log line expires. */
  readonly retentionDays: number;
  /** ARN of the customer managed key that encrypts the lines. @default CloudWatch Logs encrypts them with its own key */
  readonly keyArn?: string | undefined;
}

/** Creates the log group of a construct. The construct's id becomes the Terraform name of the group. */
export function createLogGroup(scope: Construct, { name, retentionDays, keyArn }: LogGroupProps): CloudwatchLogGroup {
  const group = new CloudwatchLogGroup(scope, 'log-group', {
    name,
    retentionInDays: retentionDays,
    ...(keyArn !== undefined && { kmsKeyId: keyArn }),
  });
  return named(group, scope.node.id);
}

/**
 * Creates the log group for the access log of an API.
 * AWS lists log groups for access logs in a resource policy of limited length. Groups below `/aws/vendedlogs/` need no entry.
 */
export function createAccessLogGroup(
  scope: Construct,
  { apiName, ...props }: Omit<LogGroupProps, 'name'> & { readonly apiName: string },
): CloudwatchLogGroup {
  return createLogGroup(scope, { name: `/aws/vendedlogs/apigateway/${apiName}`, ...props });
}
