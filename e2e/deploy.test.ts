/** The whole way: bootstrap, deploy, plan, smoke, review, change, interrupt, destroy, with the real Terraform and cdktf. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configuredBucket, Deployment, STACKS } from './support/deployment';
import { reachable } from './support/emulator-gaps';
import { progress } from './support/progress';
import type { Held, Recorder } from './support/recorder';
import { type Environment, ROOT, type Started } from './support/run';
import { startTarget, type Target, WORK } from './support/target';
import { UNUSED_GRANTS } from './support/unused-grants';

let target: Target;
let deployment: Deployment;
let failed = false;

/** Jest cannot skip a test once it runs; without a stack this is a line. */
const notRun = Object.assign(new Error(), { stack: 'Not run: a step before it failed.' });

/**
 * A step of the one session: after a failure the others would only show its consequences.
 * @param skipped why it is left out
 */
function step(name: string, run: () => Promise<void>, skipped?: string): void {
  if (skipped !== undefined) {
    progress(`skipped: ${name}, because ${skipped}`);
    test.skip(name, run);
    return;
  }
  test(name, async () => {
    if (failed) throw notRun;
    failed = true;
    progress(name);
    await run();
    failed = false;
  });
}

beforeAll(async () => {
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK);
  deployment = new Deployment();
});

afterAll(async () => {
  // What a failure left in a real account costs money; an emulator forgets.
  if (failed && target.kind === 'aws') {
    progress(
      `cleaning up; if that fails, remove what starts with ${deployment.prefix}- and the bucket ${deployment.bucket}`,
    );
    await deployment.cdktf('destroy', STACKS).ended;
    await deployment.beginNpm('bootstrap', ['--destroy', '--confirm', deployment.bucket], repository()).ended;
  }
  await target.stop();
});

/** Asks the bucket for its locks until they are as wanted; polls, as S3 tells nobody. */
async function locks(wanted: (locks: readonly string[]) => boolean): Promise<readonly string[]> {
  const until = performance.now() + 120_000;
  for (;;) {
    const seen = await deployment.locks();
    if (wanted(seen)) return seen;
    if (performance.now() > until) throw new Error(`The locks are still ${JSON.stringify(seen)}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const locked = () => locks(({ length }) => length > 0);
const unlocked = () => locks(({ length }) => length === 0);

/** Waits until a deploy is at work: at a call that is held back, or, where none can be, under its lock. */
async function atWork(held: Held | undefined, deploy: Started): Promise<void> {
  const ended = deploy.ended.then(({ status, output }) => {
    throw new Error(`The deploy ended with status ${status} before it was to be ended:\n${output.slice(-4000)}`);
  });
  await Promise.race([held ? held.arrived : locked(), ended]);
  // From here on its end is what is wanted.
  ended.catch(() => undefined);
}

/** `sts:GetCallerIdentity` needs no permission. */
const callsOf = ({ actions }: Recorder) => [...actions].filter((action) => !action.startsWith('sts:')).sort();

/**
 * Whose workflows get roles. In a real account it is cdktf.json's repository, if it names one: the account trusts GitHub for its
 * sake already, and can do so once.
 */
const repository = (): Environment =>
  target.kind === 'emulator' ? { GITHUB_OIDC_REPOSITORY: 'acme/crud' } : { GITHUB_OIDC_PROVIDER: 'EXISTING' };

const changesOf = (stack: string) => {
  const plan = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.out/stacks', stack, 'plan.json'), 'utf8')) as {
    resource_changes?: {
      address: string;
      type: string;
      change: { actions: string[]; before: unknown; after: unknown };
    }[];
  };
  return (plan.resource_changes ?? []).filter(({ change }) =>
    change.actions.some((action) => !['no-op', 'read'].includes(action)),
  );
};

/** How many resources a stack has. */
const synthesized = (stack: string): number => {
  const file = path.join(WORK, 'out/stacks', stack, 'cdk.tf.json');
  const { resource } = JSON.parse(readFileSync(file, 'utf8')) as { resource: Record<string, object> };
  return Object.values(resource).reduce((count, named) => count + Object.keys(named).length, 0);
};

async function review(stacks: readonly string[], settings: Record<string, string>): Promise<string> {
  await deployment.npm('plan', stacks, settings);
  const file = path.join(WORK, 'summary.md');
  const plans = stacks.map((stack) => `cdktf.out/stacks/${stack}/plan.json`);
  writeFileSync(file, await deployment.npm('plan-summary', plans));
  return file;
}

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
  bucket && `cdktf.json names the bucket ${bucket}, and no variable takes that back`,
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
  await atWork(held, deploy);
  deploy.kill('SIGKILL');
  await deploy.ended;
  held?.release();
  await unlocked();
});

step('and the deploy goes through when it is run again, under a lock for each state', async () => {
  const began = performance.now();
  const deploy = deployment.cdktf('deploy', STACKS);
  const seen = await locked();
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
  const called = callsOf(target.recorder);
  const granted = await deployment.granted('plan');
  expect(called.filter((action) => !granted.has(action))).toEqual([]);
  expect([...granted].filter((action) => !called.includes(action) && !Object.hasOwn(UNUSED_GRANTS, action))).toEqual(
    [],
  );
  for (const action of before) target.recorder.actions.add(action);
});

/** @returns what `npm run smoke` printed */
function smoke(): Promise<string> {
  const file = path.join(WORK, 'outputs.json');
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { url: string }>;
  for (const values of Object.values(outputs)) {
    if (target.endpoint !== undefined) values.url = reachable(values.url, target.endpoint);
  }
  writeFileSync(file, JSON.stringify(outputs));
  return deployment.npm('smoke', [file]);
}

step('the documented sessions answer as documented', async () => {
  expect(await smoke()).toContain('items, manager, products: as documented.');
});

step('a deploy goes through only with the plan that was reviewed, and changes settings in place', async () => {
  const settings = { MEMORY_MB: '512', SDK: 'stock' };
  const reviewed = await review(STACKS, settings);
  expect(readFileSync(reviewed, 'utf8')).toContain('3 to change');
  for (const stack of STACKS) {
    expect(changesOf(stack).map(({ address, change }) => [address, change.actions])).toEqual([
      ['aws_lambda_function.function', ['update']],
    ]);
  }
  const other = await deployment.beginNpm('deploy', ['--reviewed', reviewed], { ...settings, MEMORY_MB: '1024' }).ended;
  expect(other.status).toBe(1);
  expect(other.output).toContain('aws_lambda_function.function');
  expect(other.output).toContain('Nothing was deployed: the plan is not the reviewed one.');
  expect(await deployment.memory()).toBe(256);
  await deployment.npm('deploy', ['--reviewed', reviewed], settings);
  expect(await deployment.memory()).toBe(512);
});

step('the sessions answer the same with the stock SDK', async () => {
  expect(await smoke()).toContain('items, manager, products: as documented.');
});

step('of two deploys at once the second is refused by the lock, and nothing is lost', async () => {
  const held = target.recorder?.hold('lambda:UpdateFunctionConfiguration');
  const first = deployment.cdktf('deploy', ['items'], { MEMORY_MB: '768' });
  await atWork(held, first);
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
  const reviewed = await review(['items'], settings);
  const held = target.recorder?.hold('lambda:UpdateFunctionConfiguration');
  const deploy = deployment.beginNpm('deploy', ['--reviewed', reviewed, 'items'], settings);
  await atWork(held, deploy);
  deploy.kill('SIGKILL');
  await deploy.ended;
  held?.release();
  await unlocked();
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
  const called = callsOf(target.recorder);
  const granted = await deployment.granted('deploy');
  expect(called.filter((action) => !granted.has(action))).toEqual([]);
  expect([...granted].filter((action) => !called.includes(action) && !Object.hasOwn(UNUSED_GRANTS, action))).toEqual(
    [],
  );
  progress(`  ${called.length} actions called, ${granted.size} granted`);
});

step('npm run bootstrap -- --destroy removes the bucket and the roles', async () => {
  await deployment.npm('bootstrap', ['--destroy', '--confirm', deployment.bucket], repository());
  await expect(deployment.keys()).rejects.toThrow(/NoSuchBucket|bucket does not exist/i);
  expect(await deployment.left()).toEqual({});
});
