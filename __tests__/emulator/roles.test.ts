/** Makes calls and deploys a stack as the pipeline's deploy role, in an emulator that enforces IAM policies on each call. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { admitSessions, allowUnknownKeys, trustKnownClaims } from './support/auth-gaps';
import { clientOptions } from './support/clients';
import { Deployment } from './support/deployment';
import { ALLOW_ALL, callsBehindBoundary, escalations, outcomesOf, TRUST_ACCOUNT } from './support/escalations';
import { progress } from './support/progress';
import { assume, assumeAsWorkflow, type SessionCredentials, sessionEnvironment } from './support/role-session';
import { ROOT, type StartedCommand } from './support/run';
import { synthesizeStacks } from './support/stacks';
import { refuseStates } from './support/states';
import { step } from './support/steps';
import { OUTPUTS, startTarget, type Target, targetKind, WORK } from './support/target';

refuseStates();

/** The suite changes policies of the pipeline, and the emulator must enforce them. */
const ownEmulator = targetKind() === 'emulator' && !process.env['AWS_ENDPOINT_URL'];

const emulatorStep: typeof step = (name, run) =>
  step(name, run, ownEmulator ? undefined : 'it needs an emulator that the suite starts, with AUTH=true');

let target: Target | undefined;
let deployment: Deployment;
/** A stack without API keys: MiniStack does not know the tags of API Gateway's resources. */
const STACK = 'items';
let iam: IAMClient;
let s3: S3Client;
let deployRole: string;
let boundary: string;
let session: SessionCredentials;

beforeAll(async () => {
  if (!ownEmulator) return;
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK, { AUTH: 'true' });
  expect(await synthesizeStacks()).toContain(STACK);
  deployment = new Deployment([STACK], target);
  iam = new IAMClient(clientOptions());
  s3 = new S3Client({ ...clientOptions(), forcePathStyle: true });
  deployRole = deployment.pipelineName('deploy');
});

afterAll(async () => {
  // The folder describes resources that do not exist after the emulator stops.
  if (target) rmSync(path.join(ROOT, '.bootstrap'), { recursive: true, force: true });
  await target?.stop();
});

async function expectSuccess({ ended }: StartedCommand): Promise<void> {
  const { status, output } = await ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
}

emulatorStep('only the protected environment of the repository may assume the deploy role', async () => {
  boundary = deployment.useBoundary(await deployment.npm('bootstrap'));
  await trustKnownClaims(iam, deployRole);
  await admitSessions(s3, deployment.bucket);
  for (const run of ['acme/crud:pull_request', 'acme/crud:ref:refs/heads/main', 'other/crud:environment:production'])
    await expect(assumeAsWorkflow(deployRole, `repo:${run}`)).rejects.toThrow('Not authorized');
  session = await assumeAsWorkflow(deployRole, 'repo:acme/crud:environment:production');
});

emulatorStep('the deploy role is refused each step towards more rights', async () => {
  const { prefix, bucket } = deployment;
  const planRole = deployment.pipelineName('plan');
  const outcomes = await outcomesOf(escalations(session, { prefix, bucket, planRole, deployRole, boundary }));
  expect(Object.entries(outcomes).filter(([, outcome]) => !outcome.startsWith('AccessDenied'))).toEqual([]);
  progress(`  ${Object.keys(outcomes).length} steps refused`);
});

emulatorStep('the deploy role deploys a stack, whose plan then has no changes', async () => {
  await allowUnknownKeys(iam, deployRole, deployment.prefix);
  const settings = sessionEnvironment(session);
  await expectSuccess(deployment.cdktf('deploy', [STACK], { settings }));
  await deployment.npm('plan', ['--no-lock', '--exit-code', STACK], settings);
  progress(`  ${(await deployment.resourceCounts())[STACK]} resources deployed by the role`);
});

async function createRole(RoleName: string, PermissionsBoundary?: string): Promise<void> {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST_ACCOUNT, PermissionsBoundary }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument: ALLOW_ALL }));
}

emulatorStep('behind the boundary, a role with all permissions only writes items', async () => {
  const { prefix } = deployment;
  const outputs = JSON.parse(readFileSync(OUTPUTS, 'utf8')) as Record<string, { readonly table_name: string }>;
  const table = outputs[STACK]?.table_name ?? '';
  await createRole(`${prefix}-bounded`, boundary);
  await createRole(`${prefix}-unbounded`);
  const outcomes = async (role: string) => outcomesOf(callsBehindBoundary(await assume(role), table));
  const denied = { CreateUser: 'AccessDenied', ListBuckets: 'AccessDenied' };
  expect(await outcomes(`${prefix}-bounded`)).toEqual({ PutItem: 'allowed', ...denied });
  expect(await outcomes(`${prefix}-unbounded`)).toEqual({
    PutItem: 'allowed',
    CreateUser: 'allowed',
    ListBuckets: 'allowed',
  });
});

emulatorStep('the deploy role destroys the stack', async () => {
  await expectSuccess(deployment.cdktf('destroy', [STACK], { settings: sessionEnvironment(session) }));
});
