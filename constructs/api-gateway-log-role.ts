/** The role with which API Gateway writes the access logs of all REST APIs in a region. */
import { ApiGatewayAccount } from '@cdktf/provider-aws/lib/api-gateway-account';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import type { Account } from './account';
import { named } from './named';
import { policyDocument } from './policy-statement';

/** Allows API Gateway to write to all log groups (API Gateway developer guide, "Permissions for CloudWatch logging"). */
const LOG_POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

export interface ApiGatewayLogRoleProps {
  /** The role's name, unique in the account. */
  readonly name: string;
  readonly account: Account;
}

/**
 * Creates the role, and names it in the account's settings for API Gateway in the region. Terraform would replace the role of another
 * owner without a warning: `npm run bootstrap` refuses to do so.
 */
export class ApiGatewayLogRole extends Construct {
  constructor(scope: Construct, id: string, { name, account }: ApiGatewayLogRoleProps) {
    super(scope, id);
    const trust = policyDocument(this, 'trust', [
      { actions: ['sts:AssumeRole'], principals: { type: 'Service', identifiers: ['apigateway.amazonaws.com'] } },
    ]);
    const role = named(new IamRole(this, 'role', { name, assumeRolePolicy: named(trust, `${id}_trust`).json }), id);
    const policy = new IamRolePolicyAttachment(this, 'policy', {
      role: role.name,
      policyArn: account.managedPolicyArn(LOG_POLICY),
    });
    const settings = new ApiGatewayAccount(this, 'account', {
      cloudwatchRoleArn: role.arn,
      // Without this argument, the settings would still name the role after Terraform has deleted it.
      resetOnDelete: true,
      // API Gateway refuses a role without the permissions.
      dependsOn: [named(policy, id)],
    });
    named(settings, id);
  }
}
