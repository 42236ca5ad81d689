/** `npm run bootstrap`: makes the bucket for states (and the roles of a GitHub repository), once for an account and region. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readSettings, type Settings } from '../stacks/settings';
import { cli } from './cli';
import { Bucket } from './bootstrap/bucket';
import { StateOfState } from './bootstrap/state';
import { ROOT, synth } from './terraform/synth';
import { terraform } from './terraform/terraform';

const HELP = `Makes what deployments from CI need: an S3 bucket for Terraform's states, and, when a GitHub
repository is named in the settings, the two roles that its workflows assume.

  npm run bootstrap -- [options]

  --bucket NAME   the bucket; default: the setting stateBucket (STATE_BUCKET), or
                  cdktf-serverless-crud-state-<account>-<region>
  --destroy       removes it all again; refused while the bucket holds the state of anything else
  --confirm NAME  with --destroy: the bucket's name, in place of being asked for it
  --yes           in place of being asked when a changed setting removes something, a role for example
  --help          shows this

Needs AWS credentials that may make buckets and roles. It can be run again at any time: it changes what
settings have changed, and finishes what was ended half-way.
`;

/** Keeps the synthesized stack, and the state until it is in the bucket. */
const WORK = '.bootstrap';

/** An error that says all. */
class UsageError extends Error {}

// It would speak of Node.js 20, which this project supports.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const step = (text: string) => console.log(`\n== ${text}`);

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  const settings = readSettings(context, { ...process.env, ...(options.bucket && { STATE_BUCKET: options.bucket }) });
  const account = await whoAmI(settings.region);
  const name = settings.stateBucket || `cdktf-serverless-crud-state-${account}-${settings.region}`;
  const bucket = new Bucket(name, settings.region, account);
  if (options.destroy) await destroy(bucket, options.confirm);
  else await create(bucket, settings, { configured: context['stateBucket'] === name, yes: options.yes });
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      bucket: { type: 'string' },
      destroy: { type: 'boolean', default: false },
      confirm: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.confirm !== undefined && !values.destroy) throw new UsageError('--confirm goes with --destroy alone.');
  return values;
}

async function whoAmI(region: string): Promise<string> {
  try {
    const { Account = '', Arn } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
    console.log(`Account ${Account}, region ${region}, as ${Arn}`);
    return Account;
  } catch (error) {
    throw new UsageError(`AWS does not know these credentials, or there are none: ${(error as Error).message}`);
  }
}

async function synthesized(bucket: Bucket): Promise<StateOfState & { readonly in: string }> {
  step('Synthesizing the stack state');
  const stacks = await synth({ out: WORK, environment: { STATE_BUCKET: bucket.name } });
  const folder = stacks.find(({ name }) => name === 'state')?.folder;
  if (folder === undefined) throw new Error('main.ts makes no stack named state.');
  return Object.assign(new StateOfState(folder, path.join(ROOT, WORK), bucket), { in: folder });
}

interface CreateOptions {
  /** Whether cdktf.json names the bucket already. */
  readonly configured: boolean;
  /** Whether it goes on, unasked, where something is removed. */
  readonly yes: boolean;
}

async function create(bucket: Bucket, settings: Settings, { configured, yes }: CreateOptions): Promise<void> {
  const state = await synthesized(bucket);
  const place = await state.find();
  if (place === 'bucket') {
    step(`The state is in the bucket ${bucket.name}: applying what has changed`);
    await state.useBucket();
  } else {
    step(`${place === 'file' ? 'Going on with' : 'Making'} the bucket ${bucket.name}, with the state in a file`);
    await state.useFile();
  }
  const removed = await state.plan();
  if (removed.length > 0 && !yes) await approve(removed);
  await state.apply();
  if (place !== 'bucket') {
    step('Moving the state into the bucket');
    await state.moveToBucket();
    console.log(`It is s3://${bucket.name}/state/terraform.tfstate now.`);
  }
  const { stdout } = await terraform(state.in, ['output', '-json']);
  console.log(advice(bucket.name, settings, configured, JSON.parse(stdout) as Record<string, { value: string }>));
}

function advice(
  bucket: string,
  settings: Settings,
  configured: boolean,
  outputs: Readonly<Record<string, { readonly value: string }>>,
): string {
  const lines = configured
    ? ['', `cdktf.json names the bucket already: deployments keep their states there.`]
    : [
        '',
        'Put this into the context of cdktf.json, and commit it:',
        '',
        `    "stateBucket": ${JSON.stringify(bucket)}`,
      ];
  const { plan_role_arn: plan, deploy_role_arn: deploy } = outputs;
  if (!plan || !deploy) {
    lines.push('', 'For workflows on GitHub set githubRepository (owner/name) there too, and run this again.');
    return lines.join('\n');
  }
  lines.push(
    '',
    `Set these variables in the repository ${settings.githubRepository} (Settings, Secrets and variables, Actions, Variables):`,
    '',
    `    AWS_REGION           ${settings.region}`,
    `    AWS_PLAN_ROLE_ARN    ${plan.value}`,
    `    AWS_DEPLOY_ROLE_ARN  ${deploy.value}`,
    '',
    `and make the environment ${settings.githubEnvironment} there, with required reviewers, for the main branch alone.`,
  );
  return lines.join('\n');
}

async function destroy(bucket: Bucket, confirmed: string | undefined): Promise<void> {
  const state = await synthesized(bucket);
  const place = await state.find();
  if (place === 'nowhere') throw new UsageError(`There is no bucket ${bucket.name}: nothing to destroy.`);
  refuseInUse(bucket, place, (await bucket.exists()) ? await bucket.inUse() : []);
  await confirm(bucket.name, confirmed);
  step('Moving the state out of the bucket');
  if (place === 'bucket') {
    await state.useBucket();
    await state.moveToFile();
  } else {
    await state.useFile();
  }
  step('Destroying the bucket with all old versions, and the roles');
  await state.unprotect();
  refuseInUse(bucket, 'file', await bucket.inUse());
  await terraform(state.in, ['destroy', '-auto-approve', '-no-color'], { show: true });
  rmSync(path.join(ROOT, WORK), { recursive: true });
  console.log(`\nNothing is left. Take stateBucket out of cdktf.json, if it names ${bucket.name}.`);
}

/** @param place where the state is: in a file, when the bucket came into use after it was unprotected */
function refuseInUse({ name }: Bucket, place: 'bucket' | 'file', reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  const lines = [
    `The bucket ${name} is still in use; it was not destroyed.`,
    ...reasons.map((reason) => `  - ${reason}`),
  ];
  if (place === 'file') {
    lines.push(
      `Its state is the file ${path.join(WORK, 'terraform.tfstate')} now, and the bucket is unprotected:`,
      `npm run bootstrap -- --bucket ${name} protects it again, and moves the state back into it.`,
    );
  }
  throw new UsageError(lines.join('\n'));
}

/** Settings may come from the environment: one that is missing there must not take the roles away unasked. */
async function approve(removed: readonly string[]): Promise<void> {
  const what = `This removes or replaces ${removed.join(', ')}`;
  const typed = await ask(`\n${what}. Go on? Only yes is taken: `);
  if (typed?.trim() === 'yes') return;
  throw new UsageError(
    `Nothing was changed. ${what}: is a setting missing (githubRepository, or GITHUB_OIDC_REPOSITORY)? --yes goes on.`,
  );
}

/** @returns undefined where there is no terminal to ask on */
async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question(question);
  terminal.close();
  return typed;
}

async function confirm(name: string, confirmed: string | undefined): Promise<void> {
  const typed =
    confirmed ?? (await ask('This destroys the bucket and every old version of every state. Type its name: '));
  if (typed === name) return;
  throw new UsageError(
    typed === undefined
      ? `Nothing was destroyed. There is no terminal to ask on: pass --confirm ${name}.`
      : `Nothing was destroyed: ${JSON.stringify(typed)} is not ${name}.`,
  );
}

cli('bootstrap', main);
