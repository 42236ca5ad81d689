/** Makes ARNs of resources that are not in the stack, in the AWS account of Terraform's credentials. */
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { Construct } from 'constructs';
import { named } from './named';

export class Account extends Construct {
  /** The account's id: 12 digits. */
  readonly id: string;
  private readonly partition: string;

  /** @param region AWS region of the ARNs */
  constructor(
    scope: Construct,
    id: string,
    private readonly region: string,
  ) {
    super(scope, id);
    this.id = named(new DataAwsCallerIdentity(this, 'identity'), 'current').accountId;
    this.partition = named(new DataAwsPartition(this, 'partition'), 'current').partition;
  }

  /**
   * Makes an ARN. ARNs of IAM, budgets, Route 53 and dashboards have no region; ARNs of API Gateway and Route 53 have no account id.
   * @example account.arn('dynamodb', 'table/items'); // arn:aws:dynamodb:eu-west-1:111122223333:table/items
   */
  arn(service: string, resource: string): string {
    const isDashboard = service === 'cloudwatch' && resource.startsWith('dashboard/');
    const isGlobal = ['iam', 'budgets', 'route53'].includes(service) || isDashboard;
    const region = isGlobal ? '' : this.region;
    const account = ['apigateway', 'route53'].includes(service) ? '' : this.id;
    return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
  }

  /**
   * Makes the ARN of a policy that AWS manages.
   * @example account.managedPolicyArn('ReadOnlyAccess'); // arn:aws:iam::aws:policy/ReadOnlyAccess
   */
  managedPolicyArn(name: string): string {
    return `arn:${this.partition}:iam::aws:policy/${name}`;
  }
}
