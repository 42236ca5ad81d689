/** Compares the actions that Terraform called with the actions that the pipeline's roles grant. */
import type { Deployment } from './deployment';
import type { Recorder } from './recorder';

type Role = 'plan' | 'deploy';

const LIST_TAGS = {
  'lambda:ListTags': 'not a call of Terraform: without the permission, GetFunction answers without tags',
};

const ACCESS_LOGS = 'API Gateway calls it with the permissions of the caller who sets up access logs';

const STATE_STACK = 'reads the stack state, for the drift check';

/** Granted actions that Terraform does not call in this suite, each with the reason for the grant. */
const UNUSED: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  plan: {
    ...LIST_TAGS,
    'iam:GetOpenIDConnectProvider': STATE_STACK,
    'iam:GetPolicy': STATE_STACK,
    'iam:GetPolicyVersion': STATE_STACK,
    's3:GetAccelerateConfiguration': STATE_STACK,
    's3:GetBucket*': STATE_STACK,
    's3:GetEncryptionConfiguration': STATE_STACK,
    's3:GetLifecycleConfiguration': STATE_STACK,
    's3:GetReplicationConfiguration': STATE_STACK,
  },
  deploy: {
    ...LIST_TAGS,
    'dynamodb:TagResource': 'changes a tag; CreateTable with tags needs it too',
    'dynamodb:UntagResource': 'removes a tag',
    'dynamodb:UpdateTable': 'changes deletionProtection',
    'dynamodb:UpdateTimeToLive': 'sets the expiry of items; these APIs have none',
    'iam:PassRole': 'not a call: IAM requires it when CreateFunction names a role',
    'iam:UntagRole': 'removes a tag',
    'iam:TagRole': 'changes a tag',
    'iam:PutRolePermissionsBoundary': 'puts the boundary on a role from before the boundary',
    'lambda:TagResource': 'changes a tag',
    'lambda:UntagResource': 'removes a tag',
    'logs:TagResource': 'changes a tag; CreateLogGroup with tags needs it too',
    'logs:UntagResource': 'removes a tag',
    'logs:CreateLogDelivery': ACCESS_LOGS,
    'logs:DeleteLogDelivery': ACCESS_LOGS,
    'logs:DescribeResourcePolicies': ACCESS_LOGS,
    'logs:GetLogDelivery': ACCESS_LOGS,
    'logs:ListLogDeliveries': ACCESS_LOGS,
    'logs:PutResourcePolicy': ACCESS_LOGS,
    'logs:UpdateLogDelivery': ACCESS_LOGS,
  },
};

/**
 * Expects that the role grants every action called since the recorder was cleared, and no other actions except UNUSED.
 * @returns a line with the counts
 */
export async function expectGranted(deployment: Deployment, role: Role, { actions }: Recorder): Promise<string> {
  // `sts:GetCallerIdentity` needs no permission.
  const called = [...actions].filter((action) => !action.startsWith('sts:'));
  const granted = await deployment.grantedActions(role);
  expect({
    refused: called.filter((action) => !granted.has(action)).sort(),
    unused: [...granted].filter((action) => !actions.has(action)).sort(),
  }).toEqual({ refused: [], unused: Object.keys(UNUSED[role]).sort() });
  return `${called.length} actions called, ${granted.size} granted`;
}
