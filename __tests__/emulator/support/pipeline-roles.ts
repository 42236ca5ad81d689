/** Reads the policies of the pipeline's roles and of the state bucket from AWS. */
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { Principal } from '../../support/iam/principal';
import type { PolicyDocument } from '../../support/iam/read-policy';
import { GAPS_POLICY } from './auth-gaps';
import { clientOptions } from './clients';

/** A role with its policies, without those for the emulator, and the policy of the state bucket. */
export async function readPrincipal(RoleName: string, bucket: string): Promise<Principal> {
  const iam = new IAMClient(clientOptions());
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const identity: PolicyDocument[] = [];
  for (const PolicyName of PolicyNames.filter((name) => name !== GAPS_POLICY))
    identity.push(decode((await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument));
  for (const { PolicyArn } of AttachedPolicies) identity.push(await readPolicy(iam, PolicyArn));
  iam.destroy();
  return new Principal({ arn: Role?.Arn ?? '', identity, resources: [await readBucketPolicy(bucket)] });
}

/** The ARN of the permissions boundary of each role, by the role's name; empty without a boundary. */
export async function boundariesOf(roles: readonly string[]): Promise<Record<string, string>> {
  const iam = new IAMClient(clientOptions());
  const boundaries: Record<string, string> = {};
  for (const RoleName of roles) {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    boundaries[RoleName] = Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? '';
  }
  iam.destroy();
  return boundaries;
}

async function readPolicy(iam: IAMClient, PolicyArn: string | undefined): Promise<PolicyDocument> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  return decode((await iam.send(new GetPolicyVersionCommand(version))).PolicyVersion?.Document);
}

async function readBucketPolicy(Bucket: string): Promise<PolicyDocument> {
  const s3 = new S3Client({ ...clientOptions(), forcePathStyle: 'AWS_ENDPOINT_URL' in process.env });
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  s3.destroy();
  return JSON.parse(Policy) as PolicyDocument;
}

/** IAM answers with a URL-encoded document. */
function decode(text = ''): PolicyDocument {
  return JSON.parse(decodeURIComponent(text)) as PolicyDocument;
}
