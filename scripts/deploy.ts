/** `npm run deploy`: plans the stacks, and applies that plan when it is approved or equals the reviewed one. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  comparePlans,
  comparisonText,
  parseCommit,
  type Plan,
  readPlan,
  readReviewRecord,
  type ReviewRecord,
  summarize,
  terminalText,
  warningsAndCounts,
} from 'plan-review';
import { ask, cli } from './cli';
import { cdktf, TERRAFORM_WRAPPER } from './terraform/cdktf';
import { makePlans, PLAN_FILE, type StackPlan } from './terraform/plans';
import { selectStacks, synth } from './terraform/synth';

const HELP = `Deploys the stacks: plans them, shows the plan, asks for approval, and applies that plan.

  npm run deploy -- [options] [stack ...]

  --reviewed FILE      does not ask; deploys only if the plan equals the reviewed plan in this summary
                       (npm run plan-summary writes it)
  --commit SHA         the commit that the reviewed plan must be for
  --yes                does not ask; deploys any plan
  --outputs-file FILE  writes the outputs, sensitive ones included, for npm run smoke
  stack                deploys only these stacks (default: all but state, which npm run bootstrap deploys)
  --help               shows this help

When the plan differs from the reviewed one, deploy prints the differences, changes nothing and ends with
status 1. A stack without changes needs no review, so an interrupted deployment can be repeated. Otherwise
cdktf deploy applies exactly the compared plans; Terraform refuses a plan when the state has changed since.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reviewed: { type: 'string' },
      commit: { type: 'string' },
      yes: { type: 'boolean', default: false },
      'outputs-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (values.commit !== undefined && values.reviewed === undefined)
    throw new Error('--commit needs --reviewed: pass the reviewed summary too.');
  if (values.reviewed !== undefined && values.yes)
    throw new Error('--reviewed and --yes exclude each other. Pass one of them.');
  if (values.reviewed === undefined && !values.yes && !process.stdin.isTTY) {
    throw new Error('There is no terminal to ask on. Pass --reviewed with the reviewed summary, or --yes.');
  }
  const commit = parseCommit(values.commit);
  // Read the summary first: an unreadable one should fail before the plans are made.
  const record = values.reviewed === undefined ? undefined : readReviewRecord(values.reviewed);
  console.log('Synthesizing ...');
  const stacks = selectStacks(await synth(), positionals);
  const names = stacks.map(({ name }) => name);
  const made = await makePlans(stacks, { lock: true });
  const plans = made.map(({ stack, json }) => readPlan(json, stack));
  if (record) checkReview(record, plans, made, commit);
  else if (made.some(({ changes }) => changes)) await approve(plans, values.yes);
  await deploy(names, values['outputs-file']);
}

/**
 * Compares the plans with the reviewed ones. A stack without changes needs no review, so that an interrupted
 * deployment can be repeated.
 * @throws Error when a plan differs
 */
function checkReview(
  record: ReviewRecord,
  plans: readonly Plan[],
  made: readonly StackPlan[],
  commit: string | undefined,
): void {
  const done = made.filter(({ changes }) => !changes).map(({ stack }) => stack);
  const pending = plans.filter(({ name }) => !done.includes(name));
  if (pending.length === 0) {
    console.log('\nNo stack has changes.');
    return;
  }
  const stacks = Object.fromEntries(Object.entries(record.stacks).filter(([name]) => !done.includes(name)));
  const comparison = comparePlans({ ...record, stacks }, pending, commit);
  console.log(
    `\n${comparisonText(
      comparison,
      pending.map(({ name }) => name),
    )}`,
  );
  if (comparison.same) return;
  throw new Error('Nothing was deployed: the plan differs from the reviewed one. Review a new plan.');
}

async function approve(plans: readonly Plan[], yes: boolean): Promise<void> {
  const summary = summarize(plans);
  console.log(`\n${terminalText(summary)}\n\n${warningsAndCounts(summary)}`);
  if (yes) return;
  const typed = await ask('Deploy this plan? Type yes to deploy it: ');
  if (typed !== 'yes') throw new Error('Nothing was deployed: the plan was not approved.');
}

async function deploy(names: readonly string[], outputsFile: string | undefined): Promise<void> {
  const outputs =
    outputsFile === undefined
      ? []
      : ['--outputs-file', path.resolve(outputsFile), '--outputs-file-include-sensitive-outputs'];
  // The plan chose the providers; apply must use its lock file.
  const options = ['--skip-synth', '--auto-approve', '--skip-provider-lock', ...outputs];
  await cdktf(['deploy', ...names, ...options], {
    TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER,
    DEPLOY_PLAN_FILE: PLAN_FILE,
  });
}

cli('deploy', main);
