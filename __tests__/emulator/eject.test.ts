/** Takes over a deployment with `npm run eject`, and deploys the ejected folders without a state and without Node.js. */
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { configuredBucket, Deployment } from './support/deployment';
import { commandsBelow, EjectedStack, type PlanJson, plannedValues, policies, runCommands } from './support/ejected';
import { progress } from './support/progress';
import { ROOT } from './support/run';
import { DEFAULT_SETTINGS, synthesizeStacks } from './support/stacks';
import * as steps from './support/steps';
import { startTarget, type Target, targetKind, WORK } from './support/target';

const EJECTED = path.join(WORK, 'ejected');

/** Stacks with alarms, a dashboard and a budget. */
const SETTINGS = { ...DEFAULT_SETTINGS, ALARM_EMAIL: 'operations@example.com', MONTHLY_BUDGET_USD: '50' };

const bucket = configuredBucket();

/** @returns the reason why the suite does not run */
function reasonToSkip(): string | undefined {
  if (targetKind() === 'aws') return 'the suite deploy.test.ts covers the deployment on AWS';
  return bucket ? `cdktf.json names the bucket ${bucket}` : undefined;
}

const step = (name: string, run: () => Promise<void>) => steps.step(name, run, reasonToSkip());

let target: Target | undefined;
let deployment: Deployment;
let stacks: readonly string[];
const folders = new Map<string, EjectedStack>();

/** The ejected folders of the stacks that `npm run deploy` deploys. */
const deployed = () => stacks.flatMap((stack) => folders.get(stack) ?? []);

beforeAll(async () => {
  if (reasonToSkip() !== undefined) return;
  rmSync(WORK, { recursive: true, force: true });
  target = await startTarget(WORK);
  stacks = [...(await synthesizeStacks()), 'operations'];
  deployment = new Deployment(stacks, target, SETTINGS);
});

afterAll(() => target?.stop());

step('npm run deploy deploys the stacks, and npm run plan finds no changes', async () => {
  deployment.useBoundary(await deployment.npm('bootstrap'));
  await deployment.npm('deploy', ['--yes']);
  await deployment.npm('plan', ['--exit-code', '--with-state']);
});

step('npm run eject writes a folder for each stack', async () => {
  const printed = await deployment.npm('eject', [EJECTED]);
  for (const stack of [...stacks, 'state']) {
    expect(printed).toContain(path.join(EJECTED, stack));
    expect(existsSync(path.join(EJECTED, stack, 'variables.tf'))).toBe(true);
    folders.set(stack, new EjectedStack(path.join(EJECTED, stack)));
  }
});

step('the plan of each folder has no changes, and the same values and policies as the plan of CDKTF', async () => {
  let count = 0;
  for (const [stack, folder] of folders) {
    await folder.init();
    const plan = await folder.planWithoutChanges();
    const file = path.join(ROOT, 'cdktf.out/stacks', stack, 'plan.json');
    const before = JSON.parse(readFileSync(file, 'utf8')) as PlanJson;
    expect(plannedValues(plan)).toEqual(plannedValues(before));
    expect(policies(plan)).toEqual(policies(before));
    count += Object.keys(policies(plan)).length;
  }
  expect(count).toBeGreaterThan(2 * stacks.length);
  progress(`  ${count} policies are equal byte for byte`);
});

step('going back to CDKTF: npm run plan still finds no changes', async () => {
  await deployment.npm('plan', ['--exit-code', '--with-state']);
});

step('terraform destroy in the folders removes every resource', async () => {
  for (const folder of deployed()) await folder.terraform('destroy', '-input=false', '-auto-approve');
  expect(await deployment.resourceCounts()).toEqual(Object.fromEntries(stacks.map((stack) => [stack, 0])));
});

step('without a state and without Node.js, the folders deploy, plan no changes, and destroy', async () => {
  for (const folder of deployed()) {
    await folder.terraform('apply', '-input=false', '-auto-approve');
    await folder.planWithoutChanges();
  }
  const total = Object.values(await deployment.resourceCounts()).reduce((sum, count) => sum + count);
  progress(`  ${total} resources exist`);
  for (const folder of deployed()) await folder.terraform('destroy', '-input=false', '-auto-approve');
});

step('a variable changes what the setting changes, and nothing else', async () => {
  const [folder] = deployed();
  await folder?.terraform('apply', '-input=false', '-auto-approve');
  const printed = await folder?.terraform('plan', '-input=false', '-var=memory_mb=512');
  expect(printed).toMatch(/~ memory_size +=? *256 -> 512/);
  expect(printed).toContain('Plan: 0 to add, 2 to change, 0 to destroy.');
  await folder?.terraform('destroy', '-input=false', '-auto-approve');
});

step('the commands of the README take over local states, and copied back, npm run plan finds no changes', async () => {
  const local = { STATE_BUCKET: '', CI: 'false' };
  const folder = path.join(WORK, 'ejected-local');
  await deployment.npm('deploy', ['--yes', 'items'], local);
  await deployment.npm('eject', [folder], local);
  const [copies = '', plan = ''] = commandsBelow(
    readFileSync(path.join(folder, 'README.md'), 'utf8'),
    'Take over a deployment',
  );
  const copy = copies
    .split('\n')
    .filter((line) => line.includes('.items.'))
    .join('\n');
  await runCommands(copy.replace('PROJECT', ROOT), folder);
  expect(await runCommands(plan, path.join(folder, 'items'))).toContain('No changes.');
  copyFileSync(path.join(folder, 'items/terraform.tfstate'), path.join(ROOT, 'terraform.items.tfstate'));
  await deployment.npm('plan', ['--exit-code', 'items'], local);
  await deployment.npm('destroy', ['--yes', 'items'], local);
});

step(
  'the commands of the README deploy the bucket of the states without a state, and move its state into it',
  async () => {
    const bucket = `${deployment.bucket}b`;
    const settings = { STATE_BUCKET: bucket, NAME_PREFIX: `${deployment.prefix}b`, GITHUB_OIDC_REPOSITORY: '' };
    const folder = path.join(WORK, 'ejected-new');
    await deployment.npm('eject', [folder], {
      ...settings,
      API_GATEWAY_LOG_ROLE: DEFAULT_SETTINGS['API_GATEWAY_LOG_ROLE'] ?? '',
    });
    const blocks = commandsBelow(readFileSync(path.join(folder, 'README.md'), 'utf8'), 'First deployment');
    const commands = blocks.find((block) => block.startsWith('cd state\n')) ?? 'exit 1';
    expect(await runCommands(commands, folder)).toContain('Successfully configured the backend "s3"');
    await new EjectedStack(path.join(folder, 'state')).planWithoutChanges();
    expect(await deployment.objectKeys(bucket)).toEqual(['state/terraform.tfstate']);
  },
);
