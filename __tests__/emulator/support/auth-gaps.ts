/**
 * The known differences between IAM and MiniStack 1.5.33 with `AUTH=true`. MiniStack leaves out condition keys, so it refuses
 * calls that AWS allows. These functions change policies in the emulator, but only to compensate for these differences.
 */
import {
  GetRoleCommand,
  type IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, PutBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PolicyDocument } from '../../support/iam/read-policy';
import { ACCOUNT } from './calls/request';

/** The name of the policy that allows calls for the emulator only. */
export const GAPS_POLICY = 'emulator-gaps';

/** Claims of GitHub's tokens that MiniStack does not read. It knows `aud`, `sub` and `amr`. */
const UNKNOWN_CLAIMS = /:(repository_id|repository_owner_id|ref|job_workflow_ref)$/;

/** Removes the conditions on unknown claims from a role's trust policy. */
export async function trustKnownClaims(iam: IAMClient, RoleName: string): Promise<void> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const text = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const policy = JSON.parse(text, (key, value: unknown) => (UNKNOWN_CLAIMS.test(key) ? undefined : value)) as object;
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(policy) }));
}

/** Allows a role the calls for which MiniStack sets no condition keys or resources, or another action. Its other policies still apply. */
export async function allowUnknownKeys(iam: IAMClient, RoleName: string, prefix: string): Promise<void> {
  const roles = `arn:aws:iam::${ACCOUNT}:role/${prefix}-*`;
  const functions = `arn:aws:lambda:*:${ACCOUNT}:function:${prefix}-*`;
  const allow = (Action: readonly string[], Resource: string | readonly string[]) => ({
    Effect: 'Allow',
    Action,
    Resource,
  });
  const policy: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      // The key iam:PermissionsBoundary.
      allow(['iam:CreateRole', 'iam:PutRolePolicy'], roles),
      // The key sns:Protocol.
      allow(['sns:Subscribe'], `arn:aws:sns:*:${ACCOUNT}:${prefix}-*`),
      // The key lambda:Principal.
      allow(['lambda:AddPermission'], functions),
      // The actions GetAlias, UpdateAlias and DeleteAlias: MiniStack checks this action for all of them.
      allow(['lambda:ListAliases'], functions),
      // The names in the bodies of these requests: MiniStack checks the resource *.
      allow(['dynamodb:ListTagsOfResource', 'lambda:CreateFunction', 'logs:DescribeLogGroups'], '*'),
      // The names of alarms, dashboards, budgets, topics and DNS changes: MiniStack checks the resource *, and budgets by other actions.
      allow(
        [
          ...['DeleteAlarms', 'DeleteDashboards', 'DescribeAlarms', 'GetDashboard', 'ListTagsForResource'].map(
            (action) => `cloudwatch:${action}`,
          ),
          ...[
            'cloudwatch:PutDashboard',
            'sns:ListTagsForResource',
            'sns:TagResource',
            'route53:GetChange',
            'budgets:*',
          ],
        ],
        '*',
      ),
      // The tags of certificates, API keys, usage plans and domain names.
      allow(['acm:*'], '*'),
      allow(
        ['apigateway:*'],
        ['apikeys', 'domainnames', 'usageplans', 'tags'].flatMap((kind) => [
          `arn:aws:apigateway:*::/${kind}`,
          `arn:aws:apigateway:*::/${kind}/*`,
        ]),
      ),
    ],
  };
  const request = { RoleName, PolicyName: GAPS_POLICY, PolicyDocument: JSON.stringify(policy) };
  await iam.send(new PutRolePolicyCommand(request));
}

/** Allows a role all calls of HTTP APIs: MiniStack sets no condition keys about the tags of API Gateway's resources. */
export async function allowUntaggedApis(iam: IAMClient, RoleName: string): Promise<void> {
  const resources = ['/apis', '/apis/*', '/tags/*'].map((path) => `arn:aws:apigateway:*::${path}`);
  const statement = { Effect: 'Allow', Action: 'apigateway:*', Resource: resources };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'emulator-tags', PolicyDocument }));
}

/**
 * Changes a bucket policy for the emulator: its requests have no TLS, and `aws:PrincipalArn` of a role's session is the ARN of
 * the session. On AWS, it is the ARN of the role.
 */
export async function admitSessions(s3: S3Client, Bucket: string): Promise<void> {
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const { Version, Statement } = JSON.parse(Policy) as PolicyDocument;
  const others = Statement.filter(({ Condition }) => !JSON.stringify(Condition ?? {}).includes('aws:SecureTransport'));
  const changed = JSON.stringify({ Version, Statement: others }, (_key, value: unknown) =>
    Array.isArray(value) ? value.flatMap((item: unknown) => [item, ...sessionsOf(item)]) : value,
  );
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: changed }));
}

function sessionsOf(arn: unknown): string[] {
  const [, account, role] = /^arn:aws:iam::(\d+):role\/(.+)$/.exec(String(arn)) ?? [];
  return role === undefined ? [] : [`arn:aws:sts::${account}:assumed-role/${role}/*`];
}
