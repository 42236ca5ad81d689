/** A CloudWatch log group whose lines expire. */
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { named } from './named';

export interface LogGroupProps {
  /** For example `/aws/lambda/items`. */
  readonly name: string;
  /** Days until a log line expires. */
  readonly retentionDays: number;
}

/** Creates the log group of a construct, whose id is the group's Terraform name too. */
export function createLogGroup(scope: Construct, { name, retentionDays }: LogGroupProps): CloudwatchLogGroup {
  const group = new CloudwatchLogGroup(scope, 'log-group', { name, retentionInDays: retentionDays });
  return named(group, scope.node.id);
}
