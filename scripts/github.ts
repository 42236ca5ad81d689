/** `npm run github`: the commands of the workflows, and the check of the repository's settings. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readKey, readPlan } from 'plan-review';
import { cli } from './cli';
import { apiOf, Github, tokenOf } from './github/api';
import { checkRepository, exitStatusOf, printFindings } from './github/check';
import { compareComment } from './github/compare-comment';
import { reportDrift } from './github/drift-issue';
import { reportNewest } from './github/newest-issue';
import { readSingleFile } from './github/one-file';
import { writePlanComment } from './github/plan-comment';
import { projectSettings } from './settings';

const HELP = `Reads and writes comments and issues on GitHub for the workflows, and checks the settings of the
repository.

  npm run github -- check
      checks the settings that docs/deploy.md lists; ends with status 1 if a check is wrong, and
      with status 3 if no check is wrong but a check is unknown. GITHUB_TOKEN must contain the
      token of an administrator; the settings name the repository and the environment

  npm run github -- take-artifact --from FOLDER --limit BYTES [--sha256 DIGITS] FILE
      copies the only file of the folder to FILE; refuses links, other files, and a file over the
      limit

  npm run github -- plan-comment --pull-request N summary.md
      creates or updates the comment with the plan on a pull request

  npm run github -- compare-comment --commit SHA [--key FILE] plan.json ...
      finds the pull request that was merged as this commit, and prints, as Markdown, whether its
      comment shows these plans

  npm run github -- drift [summary.md]
      opens or updates the issue about drift; without a summary, closes it

  npm run github -- newest [report.md ...]
      opens or updates the issue about the newest versions of the packages; without a report,
      closes it

The commands for workflows read GITHUB_TOKEN and GITHUB_REPOSITORY, which workflows set.
`;

const TEXT = { type: 'string' } as const;

function readOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      'pull-request': TEXT,
      commit: TEXT,
      key: TEXT,
      from: TEXT,
      limit: TEXT,
      sha256: TEXT,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

type Values = ReturnType<typeof readOptions>['values'];

/** Each command prints the text that it returns. */
const COMMANDS: Readonly<Record<string, (values: Values, files: readonly string[]) => Promise<string> | string>> = {
  check: async (_, files) => {
    atMost(0, files);
    const { githubRepository, githubOidcIssuer, githubEnvironment, previews } = projectSettings();
    // The settings take precedence: Codespaces sets GITHUB_REPOSITORY to the repository of the codespace.
    const GITHUB_REPOSITORY = githubRepository || process.env['GITHUB_REPOSITORY'];
    if (!tokenOf(process.env))
      throw new Error(
        'GITHUB_TOKEN is not set. Set it to the token of an administrator: GITHUB_TOKEN=$(gh auth token)',
      );
    if (!GITHUB_REPOSITORY)
      throw new Error('The setting githubRepository is not set. Set it to OWNER/REPOSITORY in cdktf.json.');
    const github = Github.fromEnvironment({
      GITHUB_API_URL: apiOf(githubOidcIssuer),
      ...process.env,
      GITHUB_REPOSITORY,
    });
    const findings = await checkRepository(github, githubEnvironment, previews);
    process.exitCode = exitStatusOf(findings);
    return printFindings(findings);
  },
  'take-artifact': ({ from, limit, sha256 }, files) => {
    const output = required('The file', atMost(1, files)[0]);
    writeFileSync(output, readSingleFile(required('--from', from), bytes(limit), sha256));
    return `Wrote ${output}.`;
  },
  'plan-comment': async (values, files) => {
    const number = pullRequest(values);
    const summary = readFileSync(required('The summary', atMost(1, files)[0]), 'utf8');
    const result = await writePlanComment(github(), number, summary);
    return `The comment with the plan on #${number} is ${result}.`;
  },
  'compare-comment': ({ commit, key }, files) => {
    const plans = files.map((file) => readPlan(file));
    return compareComment(github(), required('--commit', commit), plans, readKey(key));
  },
  drift: (_, files) => {
    const [file] = atMost(1, files);
    const summary = file === undefined ? undefined : readFileSync(file, 'utf8');
    return reportDrift(github(), summary, runUrl());
  },
  newest: (_, files) =>
    reportNewest(
      github(),
      files.map((file) => readFileSync(file, 'utf8')),
      runUrl(),
    ),
};

/** The URL of the workflow run, for the text of an issue. */
function runUrl(): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = process.env;
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : 'npm run github';
}

async function main(): Promise<void> {
  const { values, positionals } = readOptions();
  const [command = '', ...files] = positionals;
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run)
    throw new Error(`${command === '' ? 'The command is missing' : `There is no command ${command}`}.\n\n${HELP}`);
  console.log(await run(values, files));
}

/** @throws Error when there are more arguments than the command takes */
function atMost(max: number, files: readonly string[]): readonly string[] {
  if (files.length <= max) return files;
  throw new Error(`Unexpected argument: ${files.slice(max).join(' ')}\nnpm run github -- --help shows the arguments.`);
}

function pullRequest(values: Values): number {
  const number = values['pull-request'];
  if (number !== undefined && /^[1-9]\d{0,9}$/.test(number)) return Number(number);
  throw new Error(`--pull-request: saw ${JSON.stringify(number)}. Pass the number of a pull request.`);
}

function bytes(limit: string | undefined): number {
  if (limit !== undefined && /^[1-9]\d{0,8}$/.test(limit)) return Number(limit);
  throw new Error(`--limit: saw ${JSON.stringify(limit)}. Pass a number of bytes from 1 to 999999999.`);
}

function github(): Github {
  return Github.fromEnvironment(process.env);
}

function required(name: string, value: string | undefined): string {
  if (value) return value;
  throw new Error(`${name} is missing.\n\n${HELP}`);
}

cli('github', main);
