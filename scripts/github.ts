/** `npm run github`: reads and writes the plan comment and the drift issue on GitHub, for the workflows. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { Github } from './github/api';
import { reportDrift } from './github/drift-issue';
import { mergedHead, reviewedPlan, writePlanComment } from './github/plan-comment';

const HELP = `Reads and writes the plan comment and the drift issue on GitHub, for the workflows.

  npm run github -- plan-comment --pull-request N summary.md
      creates or updates the comment with the plan on a pull request

  npm run github -- reviewed-plan --commit SHA --output summary.md
      writes the plan that was reviewed for a commit of the main branch to summary.md, and sets the
      step outputs commit (the reviewed commit) and pull-request

  npm run github -- merged-head --pull-request N --commit SHA
      sets the step output commit to the last commit of a merged pull request, for a new plan; fails
      unless the main branch is at the pull request's merge SHA

  npm run github -- drift [summary.md]
      opens or updates the issue about drift; without a summary, closes it

It reads GITHUB_TOKEN and GITHUB_REPOSITORY, which workflows set.
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

/** Runs a command. @returns the line to print about the result */
async function run(command: string | undefined, file: string | undefined, values: Values): Promise<string> {
  if (command === 'plan-comment') {
    const number = pullRequest(values);
    const result = await writePlanComment(github(), number, readFileSync(required('The summary', file), 'utf8'));
    return `The comment with the plan on #${number} is ${result}.`;
  }
  if (command === 'reviewed-plan') {
    const output = required('--output', values.output);
    const plan = await reviewedPlan(github(), required('--commit', values.commit));
    writeFileSync(output, plan.summary);
    setOutputs({ commit: plan.commit, 'pull-request': String(plan.pullRequest) });
    return `Reviewed in #${plan.pullRequest}, at commit ${plan.commit}.`;
  }
  if (command === 'merged-head') {
    const number = pullRequest(values);
    const commit = await mergedHead(github(), number, required('--commit', values.commit));
    setOutputs({ commit });
    return `The last commit of #${number} before the merge is ${commit}.`;
  }
  if (command === 'drift') {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = process.env;
    const summary = file === undefined ? undefined : readFileSync(file, 'utf8');
    const runUrl = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : 'npm run github';
    return reportDrift(github(), summary, runUrl);
  }
  throw new Error(`${command === undefined ? 'The command is missing' : `There is no command ${command}`}.\n\n${HELP}`);
}

function pullRequest(values: Values): number {
  const number = values['pull-request'];
  if (number !== undefined && /^[1-9]\d{0,9}$/.test(number)) return Number(number);
  throw new Error(`--pull-request: saw ${JSON.stringify(number)}. Pass the number of a pull request.`);
}

/** Sets outputs of the workflow's step. Does nothing outside of a workflow. */
function setOutputs(outputs: Readonly<Record<string, string>>): void {
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

function required(name: string, value: string | undefined): string {
  if (value) return value;
  throw new Error(`${name} is missing.\n\n${HELP}`);
}

cli('github', main);
