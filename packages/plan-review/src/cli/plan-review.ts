/** The command `plan-review`: compares plans with the reviewed summary. */
import { parseArgs } from 'node:util';
import { PlanError } from '../plan-error';
import { comparisonText } from '../print/comparison';
import { parseCommit } from '../review/commit';
import { comparePlans } from '../review/compare';
import { readReviewRecord } from '../review/record';
import { findReviewKey, readPlans, runCommand } from './arguments';

const HELP = `Compares Terraform plans with the reviewed summary. Exits with status 0 only if all plans equal the reviewed plans.

  plan-review --reviewed summary.md [options] [NAME=]plan.json...

  plan.json         the output of terraform show -json PLAN
  NAME              the stack (default: the folder of a plan.json, the name of any other file)
  --reviewed FILE   the summary that plan-summary wrote
  --key FILE        the review key that the summary was made with (default: PLAN_REVIEW_KEY_FILE, this machine's key)
  --commit SHA      the commit of these plans; fails unless the summary is of the same commit
  -h, --help        shows this help
`;

runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reviewed: { type: 'string' },
      commit: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!values.reviewed) throw new PlanError('--reviewed is missing. Pass the file with the reviewed summary.');
  const commit = parseCommit(values.commit);
  const plans = readPlans(positionals);
  const comparison = comparePlans(readReviewRecord(values.reviewed), plans, commit, findReviewKey(values.key));
  const names = plans.map(({ name }) => name);
  if (comparison.same) {
    console.log(comparisonText(comparison, names));
  } else {
    console.error(comparisonText(comparison, names));
    process.exitCode = 1;
  }
});
