/**
 * Deploys APIs with each kind of auth in the profile `production`, as the pipeline's roles, in an emulator that enforces IAM policies
 * on each call.
 */
import { readFileSync, rmSync } from 'node:fs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import type { Call } from '../support/iam/call';
import { admitSessions, allowUnknownKeys, trustKnownClaims } from './support/auth-gaps';
import { clientOptions } from './support/clients';
import { Deployment } from './support/deployment';
import { ALLOW_ALL, callsBehindBoundary, escalations, outcomesOf, TRUST_ACCOUNT } from './support/escalations';
import { expectGranted, UNUSED_IN_PRODUCTION } from './support/grants';
import { plannedChanges, review } from './support/plans';
import { addCallerSteps } from './support/production/caller-steps';
import { addCorsSteps } from './support/production/cors-steps';
import { createHostedZone } from './support/production/hosted-zone';
import { createUserPool, type UserPool } from './support/production/identities';
import { namesLeft } from './support/production/leftovers';
import { installContracts, productionSettings, STACKS } from './support/production/project';
import { foreignEscalations } from './support/production/foreign-escalations';
import { addRemovalSteps } from './support/production/removal-steps';
import { progress } from './support/progress';
import { assume, assumeAsWorkflow, type SessionCredentials, sessionEnvironment } from './support/role-session';
import { step } from './support/steps';
import { OUTPUTS, startTarget, type Target, targetKind, WORK } from './support/target';

/** The suite changes policies of the pipeline, and the emulator must enforce them. */
const ownEmulator = targetKind() === 'emulator' && !process.env['AWS_ENDPOINT_URL'];

const emulatorStep: typeof step = (name, run) =>
  step(name, run, ownEmulator ? undefined : 'it needs an emulator that the suite starts, with AUTH=true');

let target: Target;
let endpoint: string;
let deployment: Deployment;
let pool: UserPool;
let zones: { readonly own: string; readonly foreign: string };
let iam: IAMClient;
let s3: S3Client;
let boundary: string;
const sessions: { plan?: SessionCredentials; deploy?: SessionCredentials } = {};
const calls: { readonly plan: Call[]; readonly deploy: Call[] } = { plan: [], deploy: [] };

const outputs = () => JSON.parse(readFileSync(OUTPUTS, 'utf8')) as Record<string, Record<string, string>>;

/** @throws Error before the role was assumed */
function sessionOf(role: 'plan' | 'deploy'): SessionCredentials {
  const { [role]: session } = sessions;
  if (!session) throw new Error(`There is no session of the ${role} role.`);
  return session;
}

/** Runs commands as a role of the pipeline, and keeps their calls. @param run gets the environment variables with the credentials */
async function asPipeline<T>(
  role: 'plan' | 'deploy',
  run: (session: Record<string, string>) => Promise<T>,
): Promise<T> {
  const session = sessionOf(role);
  let result: T | undefined;
  const made = await target.recorder?.during(async () => {
    result = await run({ ...sessionEnvironment(session) });
  });
  calls[role].push(...(made ?? []));
  return result as T;
}

/** Plans as the plan role, and deploys the reviewed plan as the deploy role. @returns what deploy printed */
async function deployReviewed(settings: Record<string, string> = {}): Promise<string> {
  const reviewed = await asPipeline('plan', (session) =>
    review(deployment, STACKS, { ...settings, ...session }, ['--no-lock']),
  );
  return asPipeline('deploy', (session) =>
    deployment.npm('deploy', ['--reviewed', reviewed, '--outputs-file', OUTPUTS], { ...settings, ...session }),
  );
}

const suite = () => ({
  ...{ target, deployment, endpoint, pool, deployReviewed },
  hostOf: (api: string) => new URL(outputs()[api]?.['url'] ?? '').host,
  apiKey: () => outputs()['vaults']?.['api_key'] ?? '',
});

beforeAll(async () => {
  if (!ownEmulator) return;
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK, { AUTH: 'true' });
  endpoint = target.endpoint ?? '';
  pool = await createUserPool(endpoint);
  Object.assign(process.env, { E2E_USER_POOL: pool.id, E2E_CLIENT: pool.client.id });
  zones = {
    own: await createHostedZone(endpoint, 'example.com'),
    foreign: await createHostedZone(endpoint, 'example.org'),
  };
  installContracts();
  deployment = new Deployment(STACKS, target, productionSettings(zones.own));
  iam = new IAMClient(clientOptions());
  s3 = new S3Client({ ...clientOptions(), forcePathStyle: true });
});

afterAll(async () => {
  if (ownEmulator) await target.stop();
});

emulatorStep('only the protected environment of the repository may assume the deploy role', async () => {
  boundary = deployment.useBoundary(await deployment.npm('bootstrap'));
  const [planRole, deployRole] = [deployment.pipelineName('plan'), deployment.pipelineName('deploy')];
  for (const role of [planRole, deployRole]) await trustKnownClaims(iam, role);
  await admitSessions(s3, deployment.bucket);
  for (const run of ['acme/crud:pull_request', 'acme/crud:ref:refs/heads/main', 'other/crud:environment:production'])
    await expect(assumeAsWorkflow(deployRole, `repo:${run}`)).rejects.toThrow('Not authorized');
  sessions.deploy = await assumeAsWorkflow(deployRole, 'repo:acme/crud:environment:production');
  sessions.plan = await assumeAsWorkflow(planRole, 'repo:acme/crud:pull_request');
});

emulatorStep('the deploy role is refused each step towards more rights', async () => {
  const { prefix, bucket } = deployment;
  const session = sessionOf('deploy');
  const [planRole, deployRole] = [deployment.pipelineName('plan'), deployment.pipelineName('deploy')];
  const outcomes = await outcomesOf({
    ...escalations(session, { prefix, bucket, planRole, deployRole, boundary }),
    ...foreignEscalations(endpoint, session, zones.foreign),
  });
  expect(Object.entries(outcomes).filter(([, outcome]) => !/^(AccessDenied|AuthorizationError)/.test(outcome))).toEqual(
    [],
  );
  progress(`  ${Object.keys(outcomes).length} steps refused`);
});

emulatorStep('the deploy role deploys the reviewed plan of the plan role', async () => {
  for (const role of ['plan', 'deploy'] as const)
    await allowUnknownKeys(iam, deployment.pipelineName(role), deployment.prefix);
  await deployReviewed();
  expect(Object.keys(outputs()).sort()).toEqual(['doors', 'vaults']);
  progress(`  resources: ${JSON.stringify(await deployment.resourceCounts())}`);
});

emulatorStep('a plan after the deploy has no changes', async () => {
  const args = ['--no-lock', '--exit-code'];
  const { status, output } = await asPipeline('plan', (session) => deployment.startNpm('plan', args, session).ended);
  expect(STACKS.flatMap((stack) => plannedChanges(stack))).toEqual([]);
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
});

addCallerSteps(suite, emulatorStep);
addCorsSteps(suite, emulatorStep);

async function createRole(RoleName: string, PermissionsBoundary?: string): Promise<void> {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST_ACCOUNT, PermissionsBoundary }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument: ALLOW_ALL }));
}

emulatorStep('behind the boundary, a role with all permissions only writes items', async () => {
  const { prefix } = deployment;
  const table = outputs()['doors']?.['table_name'] ?? '';
  await createRole(`bounded-${prefix}`, boundary);
  await createRole(`unbounded-${prefix}`);
  const outcomes = async (role: string) => outcomesOf(callsBehindBoundary(await assume(role), table, 'doorId'));
  const denied = { CreateUser: 'AccessDenied', ListBuckets: 'AccessDenied' };
  expect(await outcomes(`bounded-${prefix}`)).toEqual({ PutItem: 'allowed', ...denied });
  expect(await outcomes(`unbounded-${prefix}`)).toEqual({
    PutItem: 'allowed',
    CreateUser: 'allowed',
    ListBuckets: 'allowed',
  });
});

addRemovalSteps(suite, emulatorStep);

emulatorStep('the deploy role destroys the stacks, and nothing is left', async () => {
  const before = await namesLeft(endpoint, deployment);
  expect(before.length).toBeGreaterThan(0);
  const { status, output } = await asPipeline(
    'deploy',
    (session) => deployment.cdktf('destroy', STACKS, { settings: { ...session, DELETION_PROTECTION: 'false' } }).ended,
  );
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  expect(await namesLeft(endpoint, deployment)).toEqual([]);
  progress(`  ${before.length} names removed`);
});

emulatorStep('the roles may make each call on its resource, and grant no other action without a reason', async () => {
  for (const role of ['plan', 'deploy'] as const)
    progress(`  ${role}: ${await expectGranted(deployment, role, calls[role], UNUSED_IN_PRODUCTION[role])}`);
});
