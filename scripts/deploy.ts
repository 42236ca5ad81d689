/** `npm run deploy`: plans, goes on only if the plan is approved or is the one that was reviewed, and applies that very plan. */
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
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
import { cli } from './cli';
import { makePlans, PLAN_FILE, type StackPlan } from './terraform/plans';
import { cdktf, chosen, synth, TERRAFORM } from './terraform/synth';

const HELP = `Deploys the stacks: plans them, shows the plan, and applies that very plan once it is approved.

  npm run deploy -- [options] [stack ...]

  --reviewed FILE      in place of asking: goes on only if the plan is the one of this summary, which was
                       reviewed (npm run plan-summary made it)
  --commit SHA         the commit that the reviewed plan has to be for
  --yes                in place of asking: goes on with any plan
  --outputs-file FILE  gets the outputs, sensitive ones too, for npm run smoke
  stack                default: all but state, which is npm run bootstrap's
  --help               shows this

When anything differs from the review, it says what, changes nothing, and ends with status 1; a stack with
nothing left to do, after a deployment that was ended half-way, needs no other review. Otherwise cdktf
deploy applies the plans that were just compared; Terraform refuses a plan whose state has changed since.
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
  if (values.commit !== undefined && values.reviewed === undefined) throw new Error('--commit goes with --reviewed.');
  if (values.reviewed !== undefined && values.yes) throw new Error('--reviewed and --yes exclude each other.');
  if (values.reviewed === undefined && !values.yes && !process.stdin.isTTY) {
    throw new Error('There is no terminal to ask on: pass --reviewed with the summary that was reviewed, or --yes.');
  }
  const commit = parseCommit(values.commit);
  // A summary that cannot be read is not found out after the plans were made.
  const record = values.reviewed === undefined ? undefined : readReviewRecord(values.reviewed);
  console.log('Synthesizing ...');
  const stacks = chosen(await synth(), positionals);
  const names = stacks.map(({ name }) => name);
  const made = await makePlans(stacks, { lock: true });
  const plans = made.map(({ stack, json }) => readPlan(json, stack));
  if (record) checkReview(record, plans, made, commit);
  else if (made.some(({ changes }) => changes)) await approve(plans, values.yes);
  await deploy(names, values['outputs-file']);
}

/** A stack of whose plan nothing is left to do needs no review: a deployment that was ended half-way goes on so. */
function checkReview(
  record: ReviewRecord,
  plans: readonly Plan[],
  made: readonly StackPlan[],
  commit: string | undefined,
): void {
  const done = made.filter(({ changes }) => !changes).map(({ stack }) => stack);
  const pending = plans.filter(({ name }) => !done.includes(name));
  if (pending.length === 0) {
    console.log('\nNothing is left to do.');
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
  throw new Error('Nothing was deployed: the plan is not the reviewed one.');
}

async function approve(plans: readonly Plan[], yes: boolean): Promise<void> {
  const summary = summarize(plans);
  console.log(`\n${terminalText(summary)}\n\n${warningsAndCounts(summary)}`);
  if (yes) return;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question('Deploy this? Only yes is taken: ');
  terminal.close();
  if (typed.trim() !== 'yes') throw new Error('Nothing was deployed.');
}

async function deploy(names: readonly string[], outputsFile: string | undefined): Promise<void> {
  const outputs =
    outputsFile === undefined
      ? []
      : ['--outputs-file', path.resolve(outputsFile), '--outputs-file-include-sensitive-outputs'];
  // The lock file of the plan is the one to apply with: providers were chosen when it was made.
  const options = ['--skip-synth', '--auto-approve', '--skip-provider-lock', ...outputs];
  await cdktf(['deploy', ...names, ...options], { TERRAFORM_BINARY_NAME: TERRAFORM, DEPLOY_PLAN_FILE: PLAN_FILE });
}

cli('deploy', main);
