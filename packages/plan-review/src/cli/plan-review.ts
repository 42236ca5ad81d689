/** The command `plan-review`: compares plans with the reviewed summary. */
import { parseArgs } from 'node:util';
import { PlanError } from '../plan-error';
import { comparisonText } from '../print/comparison';
import { parseCommit } from '../review/commit';
import { checkReview } from '../review/compare';
import { readKey } from '../review/key';
import { readReview, type Review } from '../review/review';
import { readPlans, readTogether, runCommand } from './arguments';

const HELP = `Compares Terraform plans with the reviewed summary. Exits with status 0 only if all plans equal the reviewed plans,
and the text is the summary of these plans.

  plan-review --reviewed summary.md [options] [NAME=]plan.json...

  plan.json         the output of terraform show -json PLAN
  NAME              the stack (default: the folder of a plan.json, the name of any other file)
  --reviewed FILE   the summary that plan-summary wrote
  --commit SHA      the commit of these plans; fails unless the summary was made for the same commit
  --key FILE        the key that the review was made with (default: the file in PLAN_REVIEW_KEY_FILE, then the key of this machine)
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
  const { review, commit, key, plans } = readTogether({
    review: () => reviewOf(values.reviewed),
    commit: () => parseCommit(values.commit),
    key: () => readKey(values.key),
    plans: () => readPlans(positionals),
  });
  const comparison = checkReview(review, plans, { commit, key });
  if (comparison.same) {
    console.log(comparisonText(comparison));
  } else {
    console.error(comparisonText(comparison));
    process.exitCode = 1;
  }
});

function reviewOf(file: string | undefined): Review {
  if (!file) throw new PlanError('--reviewed is missing. Pass the file with the reviewed summary.');
  return readReview(file);
}
