/** `npm run plan-review`: whether plans are the reviewed ones. */
import { parseArgs } from 'node:util';
import { commitOf, readPlans, readSummary, run } from '../arguments';
import { compare, comparisonText } from '../compare';
import { reviewRecord } from '../record';
import { PlanError } from '../value';

const HELP = `Compares Terraform plans with the summary that was reviewed. Ends with status 0 only if they are the same.

  npm run plan-review --silent -- --reviewed summary.md [options] [NAME=]plan.json...

  plan.json         the output of terraform show -json PLAN
  NAME              the stack (default: the folder of a plan.json, otherwise the file's name)
  --reviewed FILE   the summary, as npm run plan-summary wrote it
  --commit SHA      the commit of these plans; the review must be of the same
  --help            shows this
`;

run(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reviewed: { type: 'string' },
      commit: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!values.reviewed) throw new PlanError('--reviewed: saw nothing; name the file with the reviewed summary.');
  const commit = commitOf(values.commit);
  const plans = readPlans(positionals);
  const comparison = compare(reviewRecord(readSummary(values.reviewed), values.reviewed), plans, commit);
  const text = comparisonText(
    comparison,
    plans.map(({ name }) => name),
  );
  if (comparison.same) console.log(text);
  else {
    console.error(text);
    process.exitCode = 1;
  }
});
