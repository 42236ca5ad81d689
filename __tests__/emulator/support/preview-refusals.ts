/** Calls that the preview role may not make: on resources of production, on states of other environments, and on itself. */
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientOptions } from './clients';
import type { Deployment } from './deployment';
import { ALLOW_ALL, TRUST_ACCOUNT } from './escalations';
import type { SessionCredentials } from './role-session';

interface Boundaries {
  readonly production: string;
  readonly preview: string;
}

/** The calls by name. Each must be refused. */
export function previewRefusals(
  credentials: SessionCredentials,
  deployment: Deployment,
  boundaries: Boundaries,
): Readonly<Record<string, () => Promise<unknown>>> {
  const options = { ...clientOptions(), credentials };
  const [iam, lambda] = [new IAMClient(options), new LambdaClient(options)];
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const { prefix, bucket: Bucket } = deployment;
  const state = deployment.stateKey('items');
  const FunctionName = `${prefix}-http-crud-tutorial-function`;
  const createRole = (RoleName: string, PermissionsBoundary?: string) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST_ACCOUNT, PermissionsBoundary }));
  const putPolicy = (RoleName: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument: ALLOW_ALL }));
  return {
    'delete a table of production': () =>
      new DynamoDBClient(options).send(new DeleteTableCommand({ TableName: `${prefix}-http-crud-tutorial-items` })),
    'change a function of production': () =>
      lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('x') })),
    'delete a function of production': () => lambda.send(new DeleteFunctionCommand({ FunctionName })),
    'create a role of production': () => createRole(`${prefix}-x-role`, boundaries.preview),
    'create a role without a boundary': () => createRole(`${prefix}-x-pr-7-role`),
    'create a role with the boundary of production': () => createRole(`${prefix}-x-pr-7-role`, boundaries.production),
    'extend itself': () => putPolicy(deployment.pipelineName('preview')),
    'extend the deploy role': () => putPolicy(deployment.pipelineName('deploy')),
    'delete the deploy role': () => iam.send(new DeleteRoleCommand({ RoleName: deployment.pipelineName('deploy') })),
    'widen its boundary': () =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn: boundaries.preview, PolicyDocument: ALLOW_ALL })),
    'read a state of production': () => s3.send(new GetObjectCommand({ Bucket, Key: state })),
    'write a state of production': () => s3.send(new PutObjectCommand({ Bucket, Key: state, Body: '{}' })),
    'remove a lock of production': () => s3.send(new DeleteObjectCommand({ Bucket, Key: `${state}.tflock` })),
    'read the state of the pipeline': () => s3.send(new GetObjectCommand({ Bucket, Key: 'state/terraform.tfstate' })),
    'read the review key': () => s3.send(new GetObjectCommand({ Bucket, Key: `${prefix}/review-key` })),
  };
}
