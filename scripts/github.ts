/** `npm run github`: what the workflows say and ask on GitHub. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Github } from './github/api';
import { reportDrift } from './github/drift-issue';
import { reviewedPlan, writePlanComment } from './github/plan-comment';

const HELP = `What the workflows say and ask on GitHub.

  npm run github -- plan-comment --pull-request N summary.md
      writes the plan's comment on a pull request, or over it

  npm run github -- reviewed-plan --commit SHA --output summary.md
      finds the plan that was reviewed for a commit of the main branch; gives the commit
      that was reviewed to the steps that follow, as the output commit

  npm run github -- drift [summary.md]
      opens or updates the issue about drift; without a summary closes it

GITHUB_TOKEN and GITHUB_REPOSITORY say where; in a workflow they are set.
`;

type Values = Readonly<Record<'pull-request' | 'commit' | 'output', string | undefined>>;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'pull-request': { type: 'string' },
      commit: { type: 'string' },
      output: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, file] = positionals;
  if (values.help) process.stdout.write(HELP);
  else
    console.log(
      await run(command, file, { 'pull-request': undefined, commit: undefined, output: undefined, ...values }),
    );
}

/** @returns what was done, as a line */
async function run(command: string | undefined, file: string | undefined, values: Values): Promise<string> {
  if (command === 'plan-comment') {
    const number = values['pull-request'];
    if (!number || !/^[1-9]\d{0,9}$/.test(number)) {
      throw new Error(`--pull-request: saw ${JSON.stringify(number)}; allowed is its number.`);
    }
    const summary = readFileSync(needed('the summary', file), 'utf8');
    const what = await writePlanComment(github(), Number(number), summary);
    return `The plan's comment on #${number} is ${what}.`;
  }
  if (command === 'reviewed-plan') {
    const output = needed('--output', values.output);
    const plan = await reviewedPlan(github(), needed('--commit', values.commit));
    writeFileSync(output, plan.summary);
    const outputs = process.env['GITHUB_OUTPUT'];
    if (outputs) appendFileSync(outputs, `commit=${plan.commit}\n`);
    return `Reviewed in #${plan.pullRequest}, at commit ${plan.commit}.`;
  }
  if (command === 'drift') {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = process.env;
    const summary = file === undefined ? undefined : readFileSync(file, 'utf8');
    return reportDrift(github(), summary, `${server}/${repository}/actions/runs/${id}`);
  }
  throw new Error(`${command === undefined ? 'No command is named' : `There is no command ${command}`}.\n\n${HELP}`);
}

function github(): Github {
  return Github.fromEnvironment(process.env);
}

function needed(name: string, value: string | undefined): string {
  if (value) return value;
  throw new Error(`${name} is missing.\n\n${HELP}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
