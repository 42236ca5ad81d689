/** Deploys all stacks with the real Terraform and cdktf: bootstrap, deploy, plan, smoke, review, change, interrupt, destroy. */
import { readFileSync, rmSync } from 'node:fs';
import { sessionOf } from '../../scripts/smoke/find-session';
import type { Call } from '../support/iam/call';
import { addBootstrapDestroySteps } from './support/bootstrap-steps';
import { addLogRoleSteps } from './support/log-role-steps';
import { compareWithRecorded } from './support/call-fixtures';
import { configuredBucket, Deployment } from './support/deployment';
import { destroyExample } from './support/example';
import { addExampleSteps } from './support/example-steps';
import { expectGranted } from './support/grants';
import { inventoryKinds, isOfPipeline } from './support/inventory';
import { waitForLocks, waitForUnlock, waitUntilRunning } from './support/locks';
import { boundariesOf } from './support/pipeline-roles';
import { plannedChanges, review, synthesizedResources, synthesizedTypes } from './support/plans';
import { progress } from './support/progress';
import { smoke } from './support/smoke';
import { synthesizeStacks } from './support/stacks';
import { addRemovedRouteSteps } from './support/removed-route-steps';
import { addRollbackSteps, CHANGED_SETTINGS } from './support/rollback-steps';
import { failed, step } from './support/steps';
import { startTarget, type Target, WORK } from './support/target';

let target: Target;
let deployment: Deployment;
let stacks: readonly string[];
/** The stack for steps that deploy only one stack. */
let singleStack: string;

const suite = () => ({ target, deployment });

beforeAll(async () => {
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK);
  stacks = await synthesizeStacks();
  const [first] = stacks;
  if (first === undefined) throw new Error('The project has no API to deploy: list one in main.ts.');
  singleStack = first;
  deployment = new Deployment(stacks, target);
});

afterAll(async () => {
  // Resources that a failed run leaves in a real account cost money. An emulator keeps nothing.
  if (failed() && target.kind === 'aws') {
    progress(
      `cleaning up; if that fails, remove all resources whose names start with ${deployment.prefix}-, and the bucket ${deployment.bucket}`,
    );
    await deployment.cdktf('destroy', stacks).ended;
    await deployment.startNpm('bootstrap', ['--destroy', '--confirm', deployment.bucket]).ended;
    await destroyExample(deployment);
  }
  await target.stop();
});

/** Expects the last line of `npm run smoke` to name every deployed stack that has a session. */
async function expectDocumentedAnswers(): Promise<void> {
  const [, names = ''] = /^(.+): as documented\.$/m.exec(await smoke(deployment, target)) ?? [];
  const withSession: string[] = [];
  for (const stack of stacks) if (await sessionOf(stack)) withSession.push(stack);
  expect(names.split(', ').sort()).toEqual(withSession.sort());
}

/** Runs commands that the deploy role does not run, and returns their calls. */
async function callsDuring(run: () => Promise<unknown>): Promise<Call[]> {
  if (target.recorder) return target.recorder.during(run);
  await run();
  return [];
}

const bucket = configuredBucket();

/** The ARN of the functions' permissions boundary; empty when bootstrap made none. */
let boundary: string;

step(
  'in CI, cdktf deploy refuses a stack without a state bucket',
  async () => {
    const { status, output } = await deployment.cdktf('deploy', [singleStack], {
      settings: { STATE_BUCKET: '' },
      out: 'refused',
    }).ended;
    expect(status).not.toBe(0);
    // Terraform wraps the message.
    expect(output.replace(/[│\s]+/g, ' ')).toContain(
      `CI is set, but the state of the stack ${singleStack} would be the local file terraform.${singleStack}.tfstate`,
    );
    expect(await deployment.resourceNames()).toEqual({});
  },
  bucket ? `cdktf.json names the bucket ${bucket}, and no environment variable can unset it` : undefined,
);

step('npm run bootstrap creates the bucket, and its second run changes nothing', async () => {
  const first = await deployment.npm('bootstrap');
  expect(first).toContain('Moving the state into the bucket');
  expect(await deployment.stateKeys()).toEqual(['state/terraform.tfstate']);
  const second = await deployment.npm('bootstrap');
  expect(second).toContain('No changes.');
  if (target.kind === 'emulator') expect(second).toMatch(/ done {5}Role for access logs: arn:/);
  expect(await deployment.stateKeys()).toEqual(['state/terraform.tfstate']);
  boundary = deployment.useBoundary(first);
  target.recorder?.clear();
});

step('when a deploy is killed, Terraform finishes its work and releases its locks', async () => {
  const held = target.recorder?.holdNext('lambda:CreateFunction');
  const deploy = deployment.cdktf('deploy', stacks);
  await waitUntilRunning(deployment, deploy, held);
  deploy.kill('SIGKILL');
  await deploy.ended;
  held?.release();
  await waitForUnlock(deployment);
});

step('the next deploy creates the other resources, with a lock on each state', async () => {
  const began = performance.now();
  const deploy = deployment.cdktf('deploy', stacks);
  const seen = await waitForLocks(deployment);
  const { status, output } = await deploy.ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  expect(stacks.map((stack) => `${deployment.stateKey(stack)}.tflock`)).toContain(seen[0]);
  expect(await deployment.stateKeys()).toEqual(
    [...stacks.map((stack) => deployment.stateKey(stack)), 'state/terraform.tfstate'].sort(),
  );
  const counts = await deployment.resourceCounts();
  expect(counts).toEqual(Object.fromEntries(stacks.map((stack) => [stack, synthesizedResources(stack)])));
  const total = Object.values(counts).reduce((sum, count) => sum + count);
  progress(`  ${total} resources exist; the second deploy took ${((performance.now() - began) / 1000).toFixed(0)} s`);
});

step('a plan after the deploy has no changes, and makes only calls that the plan role may make', async () => {
  // With --exit-code, a plan with any change ends with status 2, also of outputs only. Gaps of MiniStack 1.5.33 do not show in
  // plans.
  // The drift check of the pipeline plans the stack `state` too.
  const calls = await callsDuring(() => deployment.npm('plan', ['--no-lock', '--exit-code', '--with-state']));
  for (const stack of stacks) expect(plannedChanges(stack)).toEqual([]);
  if (!target.recorder) return;
  progress(`  ${await expectGranted(deployment, 'plan', calls)}`);
  compareWithRecorded(deployment, 'plan', calls);
});

step('each function role has the permissions boundary', async () => {
  const { role = [] } = await deployment.resourceNames();
  const functionRoles = role.filter((name) => !isOfPipeline(name));
  expect(functionRoles.length).toBeGreaterThanOrEqual(stacks.length);
  expect(await boundariesOf(functionRoles)).toEqual(Object.fromEntries(functionRoles.map((name) => [name, boundary])));
});

step('the smoke sessions get the documented answers', async () => {
  await expectDocumentedAnswers();
});

addExampleSteps(suite);

step('deploy applies only the reviewed plan, and changes settings in place', async () => {
  const settings = CHANGED_SETTINGS;
  const reviewed = await review(deployment, stacks, settings);
  expect(readFileSync(reviewed, 'utf8')).toContain(`${2 * stacks.length} to change`);
  for (const stack of stacks) {
    expect(plannedChanges(stack)).toEqual([
      ['aws_lambda_alias.function', ['update']],
      ['aws_lambda_function.function', ['update']],
    ]);
  }
  const otherSettings = { ...settings, MEMORY_MB: '1024' };
  const other = await deployment.startNpm('deploy', ['--reviewed', reviewed], otherSettings).ended;
  expect(other.status).toBe(1);
  expect(other.output).toContain('aws_lambda_function.function');
  expect(other.output).toContain('Nothing was deployed: the plan differs from the reviewed one. Review a new plan.');
  expect(await deployment.memoryMb(singleStack)).toBe(256);
  await deployment.npm('deploy', ['--reviewed', reviewed], settings);
  expect(await deployment.memoryMb(singleStack)).toBe(512);
});

step('the smoke sessions get the documented answers with the stock SDK', async () => {
  await expectDocumentedAnswers();
});

addRollbackSteps(suite, () => stacks);

step('a deploy is refused while another deploy locks the state, and changes nothing', async () => {
  const held = target.recorder?.holdNext('lambda:UpdateFunctionConfiguration');
  const first = deployment.cdktf('deploy', [singleStack], { settings: { MEMORY_MB: '768' } });
  await waitUntilRunning(deployment, first, held);
  const second = await deployment.cdktf('deploy', [singleStack], { settings: { MEMORY_MB: '1024' }, out: 'other' })
    .ended;
  held?.release();
  expect(second.status).not.toBe(0);
  expect(second.output).toContain('acquiring the state lock');
  expect((await first.ended).status).toBe(0);
  expect(await deployment.memoryMb(singleStack)).toBe(768);
  expect(await deployment.locks()).toEqual([]);
  expect((await deployment.resourceCounts())[singleStack]).toBe(synthesizedResources(singleStack));
});

step('a killed deploy of a reviewed plan completes, and its repetition needs no new review', async () => {
  const settings = { MEMORY_MB: '640' };
  const reviewed = await review(deployment, [singleStack], settings);
  const held = target.recorder?.holdNext('lambda:UpdateFunctionConfiguration');
  const deploy = deployment.startNpm('deploy', ['--reviewed', reviewed, singleStack], settings);
  await waitUntilRunning(deployment, deploy, held);
  deploy.kill('SIGKILL');
  await deploy.ended;
  held?.release();
  await waitForUnlock(deployment);
  await deployment.npm('deploy', ['--reviewed', reviewed, singleStack], settings);
  expect(await deployment.memoryMb(singleStack)).toBe(640);
});

addRemovedRouteSteps(suite, () => stacks);

step('bootstrap refuses to destroy a bucket that holds the states of other stacks', async () => {
  let [status, output]: [number | null, string] = [null, ''];
  await callsDuring(async () => {
    const args = ['--destroy', '--confirm', deployment.bucket];
    ({ status, output } = await deployment.startNpm('bootstrap', args).ended);
  });
  expect(status).toBe(1);
  for (const stack of stacks) expect(output).toContain(`${deployment.stateKey(stack)}: a state with`);
});

step('cdktf destroy removes every resource', async () => {
  const before = await deployment.resourceNames();
  // The only policy is the boundary, which `npm run bootstrap` made.
  const kinds = Object.keys(before).filter((kind) => kind !== 'policy');
  expect(kinds.sort()).toEqual(inventoryKinds(stacks.flatMap(synthesizedTypes)));
  const total = Object.values(await deployment.resourceCounts()).reduce((sum, count) => sum + count);
  const { status, output } = await deployment.cdktf('destroy', stacks).ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  const remaining = Object.values(await deployment.resourceNames()).flat();
  expect(remaining.filter((name) => !isOfPipeline(name))).toEqual([]);
  expect(await deployment.locks()).toEqual([]);
  expect(await deployment.resourceCounts()).toEqual(Object.fromEntries(stacks.map((stack) => [stack, 0])));
  progress(`  ${total} resources removed`);
});

step('the deploy role may make each call of this deployment, and grants no other action without a reason', async () => {
  if (!target.recorder) {
    progress('  skipped: calls to AWS are encrypted, so the suite cannot record them');
    return;
  }
  const { calls } = target.recorder;
  progress(`  ${await expectGranted(deployment, 'deploy', calls)}`);
  compareWithRecorded(deployment, 'deploy', calls);
});

addLogRoleSteps(suite);
addBootstrapDestroySteps(suite);
