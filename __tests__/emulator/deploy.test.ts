/** The whole way: bootstrap, deploy, plan, smoke, review, change, interrupt, destroy, with the real Terraform and cdktf. */
import { readFileSync, rmSync } from 'node:fs';
import { configuredBucket, Deployment, STACKS } from './support/deployment';
import { expectGranted } from './support/grants';
import { atWork, locked, unlocked } from './support/locks';
import { changesOf, review, synthesized } from './support/plans';
import { progress } from './support/progress';
import type { Environment } from './support/run';
import { smoke } from './support/smoke';
import { refuseStates } from './support/states';
import { failed, step } from './support/steps';
import { startTarget, type Target, WORK } from './support/target';

refuseStates();

let target: Target;
let deployment: Deployment;

beforeAll(async () => {
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK);
  deployment = new Deployment();
});

afterAll(async () => {
  // What a failure left in a real account costs money; an emulator forgets.
  if (failed() && target.kind === 'aws') {
    progress(
      `cleaning up; if that fails, remove what starts with ${deployment.prefix}- and the bucket ${deployment.bucket}`,
    );
    await deployment.cdktf('destroy', STACKS).ended;
    await deployment.beginNpm('bootstrap', ['--destroy', '--confirm', deployment.bucket], repository()).ended;
  }
  await target.stop();
});

/**
 * Whose workflows get roles. In a real account it is cdktf.json's repository, if it names one: the account trusts GitHub for its
 * sake already, and can do so once.
 */
const repository = (): Environment =>
  target.kind === 'emulator' ? { GITHUB_OIDC_REPOSITORY: 'acme/crud' } : { GITHUB_OIDC_PROVIDER: 'EXISTING' };

const bucket = configuredBucket();

step(
  'in CI a deploy without a state bucket is refused',
  async () => {
    const { status, output } = await deployment.cdktf('deploy', ['items'], { STATE_BUCKET: '' }, 'refused').ended;
    expect(status).not.toBe(0);
    // Terraform wraps the message.
    expect(output.replace(/[│\s]+/g, ' ')).toContain('CI is set, and the state of stack items would be the file');
    expect(await deployment.left()).toEqual({});
  },
  bucket ? `cdktf.json names the bucket ${bucket}, and no variable takes that back` : undefined,
);

step('npm run bootstrap makes the bucket, and can be run again', async () => {
  expect(await deployment.npm('bootstrap', [], repository())).toContain('Moving the state into the bucket');
  expect(await deployment.keys()).toEqual(['state/terraform.tfstate']);
  expect(await deployment.npm('bootstrap', [], repository())).toContain('No changes.');
  expect(await deployment.keys()).toEqual(['state/terraform.tfstate']);
  target.recorder?.actions.clear();
});

step('Terraform outlives a deploy that is killed half-way, and leaves no lock behind', async () => {
  const held = target.recorder?.hold('lambda:CreateFunction');
  const deploy = deployment.cdktf('deploy', STACKS);
  await atWork(deployment, deploy, held);
  deploy.kill('SIGKILL');
  await deploy.ended;
  held?.release();
  await unlocked(deployment);
});

step('and the deploy goes through when it is run again, under a lock for each state', async () => {
  const began = performance.now();
  const deploy = deployment.cdktf('deploy', STACKS);
  const seen = await locked(deployment);
  const { status, output } = await deploy.ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  expect(seen[0]).toMatch(/^e2e-[0-9a-f]{4}\/default\/(items|manager|products)\/terraform\.tfstate\.tflock$/);
  expect((await deployment.keys()).sort()).toEqual([
    ...STACKS.map((stack) => deployment.stateKey(stack)),
    'state/terraform.tfstate',
  ]);
  const counts = await deployment.resources();
  expect(counts).toEqual(Object.fromEntries(STACKS.map((stack) => [stack, synthesized(stack)])));
  const total = Object.values(counts).reduce((sum, count) => sum + count);
  progress(`  ${total} resources made, the second run took ${((performance.now() - began) / 1000).toFixed(0)} s`);
});

step('a second plan finds nothing to do, with the calls that the plan role may make', async () => {
  const before = [...(target.recorder?.actions ?? [])];
  target.recorder?.actions.clear();
  // Status 2, an error here, would be anything to do, outputs included. MiniStack 1.5.33 has no gap that shows in a plan.
  await deployment.npm('plan', ['--no-lock', '--exit-code']);
  for (const stack of STACKS) expect(changesOf(stack)).toEqual([]);
  if (!target.recorder) return;
  progress(`  ${await expectGranted(deployment, 'plan', target.recorder)}`);
  for (const action of before) target.recorder.actions.add(action);
});

step('the documented sessions answer as documented', async () => {
  expect(await smoke(deployment, target)).toContain('items, manager, products: as documented.');
});

step('a deploy goes through only with the plan that was reviewed, and changes settings in place', async () => {
  const settings = { MEMORY_MB: '512', SDK: 'stock' };
  const reviewed = await review(deployment, STACKS, settings);
  expect(readFileSync(reviewed, 'utf8')).toContain('3 to change');
  for (const stack of STACKS) {
    expect(changesOf(stack)).toEqual([['aws_lambda_function.function', ['update']]]);
  }
  const other = await deployment.beginNpm('deploy', ['--reviewed', reviewed], { ...settings, MEMORY_MB: '1024' }).ended;
  expect(other.status).toBe(1);
  expect(other.output).toContain('aws_lambda_function.function');
  expect(other.output).toContain('Nothing was deployed: the plan differs from the reviewed one. Review a new plan.');
  expect(await deployment.memory()).toBe(256);
  await deployment.npm('deploy', ['--reviewed', reviewed], settings);
  expect(await deployment.memory()).toBe(512);
});

step('the sessions answer the same with the stock SDK', async () => {
  expect(await smoke(deployment, target)).toContain('items, manager, products: as documented.');
});

step('of two deploys at once the second is refused by the lock, and nothing is lost', async () => {
  const held = target.recorder?.hold('lambda:UpdateFunctionConfiguration');
  const first = deployment.cdktf('deploy', ['items'], { MEMORY_MB: '768' });
  await atWork(deployment, first, held);
  const second = await deployment.cdktf('deploy', ['items'], { MEMORY_MB: '1024' }, 'other').ended;
  held?.release();
  expect(second.status).not.toBe(0);
  expect(second.output).toContain('acquiring the state lock');
  expect((await first.ended).status).toBe(0);
  expect(await deployment.memory()).toBe(768);
  expect(await deployment.locks()).toEqual([]);
  expect((await deployment.resources())['items']).toBe(synthesized('items'));
});

step('a reviewed deploy that is killed goes through as well', async () => {
  const settings = { MEMORY_MB: '640' };
  const reviewed = await review(deployment, ['items'], settings);
  const held = target.recorder?.hold('lambda:UpdateFunctionConfiguration');
  const deploy = deployment.beginNpm('deploy', ['--reviewed', reviewed, 'items'], settings);
  await atWork(deployment, deploy, held);
  deploy.kill('SIGKILL');
  await deploy.ended;
  held?.release();
  await unlocked(deployment);
  // What is done already needs no other review.
  await deployment.npm('deploy', ['--reviewed', reviewed, 'items'], settings);
  expect(await deployment.memory()).toBe(640);
});

step('the bucket is not destroyed while it holds the states of others', async () => {
  const { status, output } = await deployment.beginNpm(
    'bootstrap',
    ['--destroy', '--confirm', deployment.bucket],
    repository(),
  ).ended;
  expect(status).toBe(1);
  for (const stack of STACKS) expect(output).toContain(`${deployment.stateKey(stack)}: a state with`);
});

step('cdktf destroy leaves nothing', async () => {
  const made = await deployment.left();
  const kinds = ['API key', 'HTTP API', 'REST API', 'function', 'log group', 'role', 'table', 'usage plan'];
  expect(Object.keys(made).sort()).toEqual(kinds.sort());
  const total = Object.values(await deployment.resources()).reduce((sum, count) => sum + count);
  const { status, output } = await deployment.cdktf('destroy', STACKS, repository()).ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  const { role = [], ...left } = await deployment.left();
  expect(left).toEqual({});
  // The pipeline's own are the stack state's.
  expect(role.filter((name) => !/-cdktf-serverless-crud-(plan|deploy)-[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(await deployment.locks()).toEqual([]);
  expect(await deployment.resources()).toEqual({ items: 0, manager: 0, products: 0 });
  progress(`  ${total} resources removed`);
});

step('the deploy role may do what Terraform called, and nothing that has no reason', async () => {
  if (!target.recorder) {
    progress('  skipped: calls to AWS are encrypted, and cannot be recorded on their way');
    return;
  }
  progress(`  ${await expectGranted(deployment, 'deploy', target.recorder)}`);
});

step(
  'a bucket that is used again while it is being destroyed is kept, and npm run bootstrap protects it again',
  async () => {
    // The first object that goes, after it was seen that the bucket is not in use.
    const held = target.recorder?.hold('s3:DeleteObject');
    if (!held) {
      progress('  skipped: calls to AWS are encrypted, and none can be held back for long enough to use the bucket');
      return;
    }
    const destroy = deployment.beginNpm('bootstrap', ['--destroy', '--confirm', deployment.bucket], repository());
    await atWork(deployment, destroy, held);
    await deployment.put('notes.txt');
    held.release();
    const { status, output } = await destroy.ended;
    expect(status).toBe(1);
    expect(output).toContain(
      'notes.txt: not a state; move it away\nIts state is now the file .bootstrap/terraform.tfstate',
    );
    expect(await deployment.keys()).not.toContain('state/terraform.tfstate');
    await deployment.remove('notes.txt');
    const again = await deployment.npm('bootstrap', ['--bucket', deployment.bucket], repository());
    expect(again).toMatch(/force_destroy += true -> false[^]*The state is now s3:\/\/.*\/state\/terraform\.tfstate/);
    expect(await deployment.npm('bootstrap', [], repository())).toContain('No changes.');
  },
);

step('npm run bootstrap -- --destroy removes the bucket and the roles', async () => {
  await deployment.npm('bootstrap', ['--destroy', '--confirm', deployment.bucket], repository());
  await expect(deployment.keys()).rejects.toThrow(/NoSuchBucket|bucket does not exist/i);
  expect(await deployment.left()).toEqual({});
});
