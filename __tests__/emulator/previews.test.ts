/** Deploys two previews as the preview role, in an emulator that enforces IAM policies, and removes them. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { admitSessions, allowUnknownKeys, allowUntaggedApis, trustKnownClaims } from './support/auth-gaps';
import { clientOptions } from './support/clients';
import { Deployment } from './support/deployment';
import { outcomesOf } from './support/escalations';
import { previewRefusals } from './support/preview-refusals';
import { progress } from './support/progress';
import { assumeAsWorkflow, sessionEnvironment } from './support/role-session';
import { type Environment, ROOT } from './support/run';
import { smoke } from './support/smoke';
import { refuseStates } from './support/states';
import { step } from './support/steps';
import { startTarget, type Target, targetKind, WORK } from './support/target';

refuseStates();

/** The suite changes policies of the pipeline, and the emulator must enforce them. */
const ownEmulator = targetKind() === 'emulator' && !process.env['AWS_ENDPOINT_URL'];

const emulatorStep: typeof step = (name, run) =>
  step(name, run, ownEmulator ? undefined : 'it needs an emulator that the suite starts, with AUTH=true');

/** The smallest stack, without API keys: MiniStack does not know the tags of API Gateway's resources. */
const STACK = 'items';
/** The stack needs no role for logs of REST APIs. */
const SETTINGS: Environment = { PREVIEWS: 'OWN_ACCOUNT', API_GATEWAY_LOG_ROLE: 'KEEP' };

let target: Target | undefined;
let deployment: Deployment;
let iam: IAMClient;
/** Settings and credentials of the preview role. */
let asPreviewRole: Environment;

beforeAll(async () => {
  if (!ownEmulator) return;
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK, { AUTH: 'true' });
  deployment = new Deployment([STACK], target);
  iam = new IAMClient(clientOptions());
});

afterAll(async () => {
  // The folder describes resources that do not exist after the emulator stops.
  if (target) rmSync(path.join(ROOT, '.bootstrap'), { recursive: true, force: true });
  await target?.stop();
});

const outputsOf = (pullRequest: number) => path.join(WORK, `pr-${pullRequest}.json`);

const preview = (...args: string[]) => deployment.npm('preview', args, asPreviewRole);

/** Sends requests to the API of a preview. */
async function expectAnswers(pullRequest: number): Promise<void> {
  if (!target) throw new Error('The emulator does not run.');
  expect(await smoke(deployment, target, { file: outputsOf(pullRequest) })).toContain(`${STACK}: as documented.`);
}

/** The names of resources and the keys of objects that belong to previews. */
async function previewNames(): Promise<string[]> {
  const names = Object.values(await deployment.resourceNames()).flat();
  const keys = await deployment.objectKeys();
  return [...names.filter((name) => name.includes('-pr-')), ...keys.filter((key) => key.includes('/pr-'))];
}

emulatorStep('bootstrap creates the preview role, for the environment preview alone', async () => {
  const printed = await deployment.npm('bootstrap', [], SETTINGS);
  deployment.useBoundary(printed);
  const role = deployment.pipelineName('preview');
  expect(printed).toMatch(new RegExp(`AWS_PREVIEW_ROLE_ARN arn:aws:iam::\\d+:role/${role}\\n`));
  await trustKnownClaims(iam, role);
  await admitSessions(new S3Client({ ...clientOptions(), forcePathStyle: true }), deployment.bucket);
  for (const run of ['pull_request', 'ref:refs/heads/main', 'environment:production'])
    await expect(assumeAsWorkflow(role, `repo:acme/crud:${run}`)).rejects.toThrow('Not authorized');
  const session = await assumeAsWorkflow(role, 'repo:acme/crud:environment:preview');
  asPreviewRole = { ...SETTINGS, ...sessionEnvironment(session) };
  const arnOf = (part: 'boundary' | 'preview-boundary') =>
    new RegExp(`arn:aws:iam::\\d+:policy/${deployment.pipelineName(part)}`).exec(printed)?.[0] ?? '';
  const boundaries = { production: arnOf('boundary'), preview: arnOf('preview-boundary') };
  const outcomes = await outcomesOf(previewRefusals(session, deployment, boundaries));
  expect(Object.entries(outcomes).filter(([, outcome]) => !outcome.startsWith('AccessDenied'))).toEqual([]);
  progress(`  ${Object.keys(outcomes).length} calls refused`);
});

emulatorStep('the role deploys two previews side by side, and both answer', async () => {
  const role = deployment.pipelineName('preview');
  await allowUnknownKeys(iam, role, `${deployment.prefix}-*-pr`);
  await allowUntaggedApis(iam, role);
  for (const pullRequest of [1, 2])
    await preview('deploy', '--outputs-file', outputsOf(pullRequest), String(pullRequest), STACK);
  for (const pullRequest of [1, 2]) await expectAnswers(pullRequest);
});

emulatorStep('while one preview is destroyed, the plan of the other stays empty', async () => {
  const [destroyed] = await Promise.all([
    preview('destroy', '1'),
    deployment.npm('plan', ['--no-lock', '--exit-code', STACK], { ...SETTINGS, ENVIRONMENT: 'pr-2' }),
  ]);
  expect(destroyed).toContain(`pr-1: destroyed ${STACK}.`);
  expect((await previewNames()).filter((name) => name.includes('pr-1'))).toEqual([]);
  await expectAnswers(2);
});

emulatorStep('the sweep keeps a young preview, and destroys an old one', async () => {
  expect(await preview('sweep')).toMatch(/^pr-2: kept, changed 0 hours ago$/m);
  await expectAnswers(2);
  expect(await preview('sweep', '--days', '0')).toMatch(new RegExp(`^pr-2: destroyed ${STACK}, `, 'm'));
  expect(await previewNames()).toEqual([]);
  expect(await preview('sweep')).toContain('There are no previews.');
});
