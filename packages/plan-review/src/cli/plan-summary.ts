/** The command `plan-summary`: prints plans as Markdown for a reviewer. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PlanError } from '../plan-error';
import { DEFAULT_LIMIT, summarize } from '../print/summary';
import { parseCommit } from '../review/commit';
import { readKey } from '../review/key';
import { readPlans, readTogether, runCommand } from './arguments';

const HELP = `Prints Terraform plans as one Markdown text, for a comment on a pull request.

  plan-summary [options] [NAME=]plan.json...

  plan.json       the output of terraform show -json PLAN
  NAME            the stack (default: the folder of a plan.json, the name of any other file)
  --commit SHA    the commit of these plans; plan-review compares it
  --first FILE    quoted lines ("> text") without markup to print before the plans; the file may be empty
  --key FILE      the key that hashes sensitive values (default: the file in PLAN_REVIEW_KEY_FILE, then the key of this machine)
  --limit BYTES   the maximum length of the text (default ${DEFAULT_LIMIT}, which fits a GitHub comment)
  -h, --help      shows this help
`;

runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      commit: { type: 'string' },
      first: { type: 'string' },
      key: { type: 'string' },
      limit: { type: 'string', default: String(DEFAULT_LIMIT) },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { plans, ...options } = readTogether({
    limit: () => parseLimit(values.limit),
    commit: () => parseCommit(values.commit),
    first: () => (values.first === undefined ? '' : readFirst(values.first)),
    key: () => readKey(values.key),
    plans: () => readPlans(positionals),
  });
  process.stdout.write(summarize(plans, options));
});

function parseLimit(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new PlanError(`--limit: ${value} is not a whole number from 1 to 999999999. Pass a number of bytes.`);
}

function readFirst(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`--first: ${file} cannot be read (${(error as Error).message}).`);
  }
}
