/** What Terraform called against what the pipeline's roles are granted: nothing beyond it, and nothing unused without a reason. */
import type { Deployment } from './deployment';
import type { Recorder } from './recorder';

type Role = 'plan' | 'deploy';

const LIST_TAGS = { 'lambda:ListTags': 'no call: without it GetFunction answers without tags' };

/** Actions that a role has and Terraform does not call in this suite, each with why it stays. */
const UNUSED: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  plan: LIST_TAGS,
  deploy: {
    ...LIST_TAGS,
    'dynamodb:TagResource': 'a tag that changes; CreateTable with tags asks for it too',
    'dynamodb:UntagResource': 'a tag that goes away',
    'dynamodb:UpdateTable': 'deletionProtection that changes',
    'iam:PassRole': 'no call: IAM asks for it when CreateFunction names a role',
    'iam:UntagRole': 'a tag that goes away',
    'iam:TagRole': 'a tag that changes',
    'iam:UpdateAssumeRolePolicy': 'a trust policy that changes',
    'lambda:TagResource': 'a tag that changes',
    'lambda:UntagResource': 'a tag that goes away',
    'logs:TagResource': 'a tag that changes; CreateLogGroup with tags asks for it too',
    'logs:UntagResource': 'a tag that goes away',
    'logs:CreateLogDelivery': 'no call: API Gateway asks for it in the name of who sets up access logs',
    'logs:DeleteLogDelivery': 'the same',
    'logs:DescribeResourcePolicies': 'the same',
    'logs:GetLogDelivery': 'the same',
    'logs:ListLogDeliveries': 'the same',
    'logs:PutResourcePolicy': 'the same',
    'logs:UpdateLogDelivery': 'the same',
  },
};

/** Expects it of the calls since the recorder was cleared. @returns a line about them */
export async function expectGranted(deployment: Deployment, role: Role, { actions }: Recorder): Promise<string> {
  // `sts:GetCallerIdentity` needs no permission.
  const called = [...actions].filter((action) => !action.startsWith('sts:'));
  const granted = await deployment.granted(role);
  expect({
    refused: called.filter((action) => !granted.has(action)).sort(),
    unused: [...granted].filter((action) => !actions.has(action)).sort(),
  }).toEqual({ refused: [], unused: Object.keys(UNUSED[role]).sort() });
  return `${called.length} actions called, ${granted.size} granted`;
}
