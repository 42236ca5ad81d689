/** `npm run plan-summary`: plans as Markdown for their review. */
import { parseArgs } from 'node:util';
import { commitOf, readPlans, run } from '../arguments';
import { DEFAULT_LIMIT, summarize } from '../summary';
import { PlanError } from '../value';

const HELP = `Turns Terraform plans into one Markdown text, for a comment on a pull request.

  npm run plan-summary --silent -- [options] [NAME=]plan.json...

  plan.json       the output of terraform show -json PLAN
  NAME            the stack (default: the folder of a plan.json, otherwise the file's name)
  --commit SHA    the commit that the plans were made for; a deploy compares it
  --limit BYTES   how long the text may be (default ${DEFAULT_LIMIT}: what a GitHub comment holds, less a margin)
  --help          shows this
`;

run(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      commit: { type: 'string' },
      limit: { type: 'string', default: String(DEFAULT_LIMIT) },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!/^[1-9]\d{0,8}$/.test(values.limit)) {
    throw new PlanError(`--limit: saw ${values.limit}; allowed is a whole number of bytes, from 1 on.`);
  }
  process.stdout.write(
    summarize(readPlans(positionals), { commit: commitOf(values.commit), limit: Number(values.limit) }),
  );
});
