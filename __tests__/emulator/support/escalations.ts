/** Calls that would give the deploy role, or a function's role, more permissions. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateOpenIDConnectProviderThumbprintCommand,
} from '@aws-sdk/client-iam';
import { CreateFunctionUrlConfigCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import {
  GetObjectCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ACCOUNT } from './calls/request';
import { clientOptions } from './clients';
import type { SessionCredentials } from './role-session';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** A policy that allows everything. */
export const ALLOW_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** A trust policy for all principals of the account. */
export const TRUST_ACCOUNT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
});

interface DeployedRoles {
  readonly prefix: string;
  readonly planRole: string;
  readonly deployRole: string;
  readonly boundary: string;
  readonly bucket: string;
}

export type Steps = Readonly<Record<string, () => Promise<unknown>>>;

/** Steps of the deploy role. Each must be refused. */
export function escalations(credentials: SessionCredentials, deployed: DeployedRoles): Steps {
  const { prefix, planRole, deployRole, boundary, bucket } = deployed;
  const options = { ...clientOptions(), credentials };
  const [iam, lambda, s3] = [
    new IAMClient(options),
    new LambdaClient(options),
    new S3Client({ ...options, forcePathStyle: true }),
  ];
  const [functionRole, allowAll] = [`${prefix}-doors-role`, { PolicyName: 'all', PolicyDocument: ALLOW_ALL }];
  const newRole = { RoleName: `${prefix}-x`, AssumeRolePolicyDocument: TRUST_ACCOUNT };
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
  const putPolicy = (RoleName: string) => iam.send(new PutRolePolicyCommand({ RoleName, ...allowAll }));
  return {
    'create a role without the boundary': () => iam.send(new CreateRoleCommand(newRole)),
    'create a role with another boundary': () =>
      iam.send(new CreateRoleCommand({ ...newRole, PermissionsBoundary: ADMINISTRATOR })),
    'extend itself': () => putPolicy(deployRole),
    'extend the plan role': () => putPolicy(planRole),
    'extend a role without the boundary': () => putPolicy(functionRole),
    'attach a policy to itself': () =>
      iam.send(new AttachRolePolicyCommand({ RoleName: deployRole, PolicyArn: ADMINISTRATOR })),
    'delete its policy with the denials': () =>
      iam.send(new DeleteRolePolicyCommand({ RoleName: deployRole, PolicyName: deployRole })),
    'remove the boundary of a role': () =>
      iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: functionRole })),
    'replace the boundary of a role': () =>
      iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: functionRole, PermissionsBoundary: ADMINISTRATOR })),
    'change who may assume a role': () =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: functionRole, PolicyDocument: TRUST_ACCOUNT })),
    'change who may assume itself': () =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: deployRole, PolicyDocument: TRUST_ACCOUNT })),
    'widen the boundary': () =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn: boundary, PolicyDocument: ALLOW_ALL, SetAsDefault: true })),
    'delete the boundary': () => iam.send(new DeletePolicyCommand({ PolicyArn: boundary })),
    'create a user': () => iam.send(new CreateUserCommand({ UserName: `${prefix}-user` })),
    'create an access key': () => iam.send(new CreateAccessKeyCommand({ UserName: 'admin' })),
    'trust another identity provider': () =>
      iam.send(
        new UpdateOpenIDConnectProviderThumbprintCommand({
          OpenIDConnectProviderArn: provider,
          ThumbprintList: ['0'.repeat(40)],
        }),
      ),
    'publish a function': () =>
      lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: `${prefix}-doors-function`, AuthType: 'NONE' })),
    'change the code of another team': () =>
      lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'productivity', ZipFile: Buffer.from('x') })),
    'read the state of the pipeline': () =>
      s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'state/terraform.tfstate' })),
    'write the state of another environment': () =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/other/doors/terraform.tfstate`, Body: '{}' })),
    'change the policy of the bucket': () => s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: ALLOW_ALL })),
  };
}

/** Calls of a role with all permissions. Behind the boundary, only the first must succeed. @param key the table's partition key */
export function callsBehindBoundary(credentials: SessionCredentials, table: string, key: string): Steps {
  const options = { ...clientOptions(), credentials };
  const Item = { [key]: { S: 'bounded' } };
  return {
    PutItem: () => new DynamoDBClient(options).send(new PutItemCommand({ TableName: table, Item })),
    CreateUser: () => new IAMClient(options).send(new CreateUserCommand({ UserName: `${table}-user` })),
    ListBuckets: () => new S3Client({ ...options, forcePathStyle: true }).send(new ListBucketsCommand()),
  };
}

/** Runs all steps. @returns `allowed` or the name of the error, by step */
export async function outcomesOf(steps: Steps): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const [name, run] of Object.entries(steps)) {
    outcomes[name] = await run().then(
      () => 'allowed',
      (error: unknown) => (error as Error).name,
    );
  }
  return outcomes;
}
