/** `npm run github`: what the workflows say and ask on GitHub. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { Github } from './github/api';
import { reportDrift } from './github/drift-issue';
import { mergedHead, reviewedPlan, writePlanComment } from './github/plan-comment';

const HELP = `What the workflows say and ask on GitHub.

  npm run github -- plan-comment --pull-request N summary.md
      writes the plan's comment on a pull request, or over it

  npm run github -- reviewed-plan --commit SHA --output summary.md
      finds the plan that was reviewed for a commit of the main branch; gives the commit
      that was reviewed, and the pull request, to what follows: the outputs commit and pull-request

  npm run github -- merged-head --pull-request N --commit SHA
      the last commit of a merged pull request that brought the main branch to SHA, as the output
      commit: to plan for it again

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
      help: { type: 'boolean', short: 'h', default: false },
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
    const number = pullRequest(values);
    const what = await writePlanComment(github(), number, readFileSync(needed('the summary', file), 'utf8'));
    return `The plan's comment on #${number} is ${what}.`;
  }
  if (command === 'reviewed-plan') {
    const output = needed('--output', values.output);
    const plan = await reviewedPlan(github(), needed('--commit', values.commit));
    writeFileSync(output, plan.summary);
    give({ commit: plan.commit, 'pull-request': String(plan.pullRequest) });
    return `Reviewed in #${plan.pullRequest}, at commit ${plan.commit}.`;
  }
  if (command === 'merged-head') {
    const number = pullRequest(values);
    const commit = await mergedHead(github(), number, needed('--commit', values.commit));
    give({ commit });
    return `#${number} was merged at its commit ${commit}.`;
  }
  if (command === 'drift') {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = process.env;
    const summary = file === undefined ? undefined : readFileSync(file, 'utf8');
    const run = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : 'npm run github';
    return reportDrift(github(), summary, run);
  }
  throw new Error(`${command === undefined ? 'No command is named' : `There is no command ${command}`}.\n\n${HELP}`);
}

function pullRequest(values: Values): number {
  const number = values['pull-request'];
  if (number !== undefined && /^[1-9]\d{0,9}$/.test(number)) return Number(number);
  throw new Error(`--pull-request: saw ${JSON.stringify(number)}; allowed is its number.`);
}

/** Outputs of a workflow's step; without a workflow nobody asks for them. */
function give(outputs: Readonly<Record<string, string>>): void {
  const file = process.env['GITHUB_OUTPUT'];
  if (!file) return;
  appendFileSync(
    file,
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}

function github(): Github {
  return Github.fromEnvironment(process.env);
}

function needed(name: string, value: string | undefined): string {
  if (value) return value;
  throw new Error(`${name} is missing.\n\n${HELP}`);
}

cli('github', main);
