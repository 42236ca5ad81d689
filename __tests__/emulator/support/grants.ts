/** Evaluates the calls of a deployment with the policies of the pipeline's roles. */
import { wildcard } from 'local-run';
import { type Call, callLine } from '../../support/iam/call';
import type { Deployment } from './deployment';
import { readPrincipal } from './pipeline-roles';

type Role = 'plan' | 'deploy';

const LIST_TAGS = {
  'lambda:ListTags': 'not a call of Terraform: without the permission, GetFunction answers without tags',
};

/** Gives each of these actions the same reason. */
function because(reason: string, actions: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(actions.map((action) => [action, reason]));
}

const NO_ALARMS = 'this suite has no alarms and no budget: production.test.ts has them';

const MONITORING_READS = because(NO_ALARMS, [
  ...['budgets:ListTagsForResource', 'budgets:ViewBudget'],
  ...['cloudwatch:DescribeAlarms', 'cloudwatch:GetDashboard', 'cloudwatch:ListTagsForResource'],
  ...['sns:GetSubscriptionAttributes', 'sns:GetTopicAttributes', 'sns:ListTagsForResource'],
]);

const MONITORING_WRITES = because(NO_ALARMS, [
  ...['budgets:ModifyBudget', 'budgets:TagResource', 'budgets:UntagResource'],
  ...['cloudwatch:DeleteAlarms', 'cloudwatch:DeleteDashboards', 'cloudwatch:PutDashboard', 'cloudwatch:PutMetricAlarm'],
  ...['cloudwatch:TagResource', 'cloudwatch:UntagResource'],
  ...['sns:CreateTopic', 'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:Subscribe', 'sns:Unsubscribe'],
  ...['sns:TagResource', 'sns:UntagResource'],
]);

/** Granted actions that no call of deploy.test.ts needs, each with the reason for the grant. */
export const UNUSED: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  plan: { ...LIST_TAGS, ...MONITORING_READS },
  deploy: {
    ...LIST_TAGS,
    ...MONITORING_READS,
    ...MONITORING_WRITES,
    'apigateway:UntagResource': 'removes a tag',
    'dynamodb:UntagResource': 'removes a tag',
    'dynamodb:UpdateTable': 'changes deletionProtection, maxReadUnits and maxWriteUnits',
    'dynamodb:UpdateTimeToLive': 'sets the expiry of items; these APIs have none',
    'execute-api:Invoke': 'calls routes with the auth iam in npm run smoke; these APIs have none',
    'iam:PutRolePermissionsBoundary': 'gives the boundary to roles that were deployed without it',
    'iam:UntagRole': 'removes a tag',
    'lambda:DeleteFunctionConcurrency': 'removes reservedConcurrency',
    'lambda:PutFunctionConcurrency': 'sets reservedConcurrency',
    'lambda:UntagResource': 'removes a tag',
    'logs:AssociateKmsKey': 'sets kmsKey',
    'logs:DisassociateKmsKey': 'removes kmsKey',
    'logs:UntagResource': 'removes a tag',
  },
};

/** Granted actions that no call of production.test.ts needs. */
export const UNUSED_IN_PRODUCTION: typeof UNUSED = {
  plan: {
    ...LIST_TAGS,
    ...because('reads the stack state, whose plan deploy.test.ts makes', [
      ...['iam:GetOpenIDConnectProvider', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
      ...['s3:GetAccelerateConfiguration', 's3:GetBucket*', 's3:GetEncryptionConfiguration'],
      ...['s3:GetLifecycleConfiguration', 's3:GetReplicationConfiguration'],
    ]),
    'cloudwatch:PutMetricData': 'writes the metric of the nightly drift check',
  },
  deploy: {
    ...LIST_TAGS,
    ...because('removes a tag', [
      ...['acm:RemoveTagsFromCertificate', 'apigateway:UntagResource', 'budgets:UntagResource'],
      'cloudwatch:UntagResource',
      ...['dynamodb:UntagResource', 'iam:UntagRole'],
      ...['lambda:UntagResource', 'logs:UntagResource', 'sns:UntagResource'],
    ]),
    ...because('sets or removes kmsKey', ['logs:AssociateKmsKey', 'logs:DisassociateKmsKey']),
    'execute-api:Invoke': 'calls routes with the auth iam in npm run smoke; this suite signs with roles of its own',
    'iam:CreateServiceLinkedRole': 'API Gateway creates its role with the first domain name of an account',
    'dynamodb:UpdateTimeToLive': 'sets the expiry of items; these APIs have none',
    'iam:PutRolePermissionsBoundary': 'gives the boundary to roles that were deployed without it',
    'lambda:DeleteFunctionConcurrency': 'removes reservedConcurrency',
  },
};

/** AWS allows GetCallerIdentity without a grant (STS API reference). */
export function needsGrant({ action }: Call): boolean {
  return action !== 'sts:GetCallerIdentity';
}

/**
 * Expects that the role may make every call, on its resource and with its condition keys, and that it grants no other actions
 * except unused ones with a reason.
 * @param unused the reason for each action that no call needs
 * @returns a line with the counts
 */
export async function expectGranted(
  deployment: Deployment,
  role: Role,
  calls: readonly Call[],
  unused: Readonly<Record<string, string>> = UNUSED[role],
): Promise<string> {
  const principal = await readPrincipal(deployment.pipelineName(role), deployment.bucket);
  const needed = calls.filter(needsGrant);
  const statements = principal.policies.identity.flatMap(({ Statement }) => Statement);
  const allowed = statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => [Action].flat() as string[]);
  const granted = [...new Set(allowed)].sort();
  expect({
    refused: needed.filter((call) => principal.decide(call) !== 'allowed').map(callLine),
    unused: granted.filter((pattern) => !calls.some(({ action }) => wildcard(pattern, true)(action))),
  }).toEqual({ refused: [], unused: Object.keys(unused).sort() });
  return `${needed.length} calls allowed, ${granted.length} actions granted`;
}
