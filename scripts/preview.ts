/** `npm run preview`: deploys and destroys previews of pull requests, and writes their comments. The workflows run it. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { Github } from './github/api';
import { readUrls, writePreviewComment } from './preview/comment';
import { deployPreview } from './preview/deploy';
import { destroyPreview } from './preview/destroy';
import { previewSettings, readPullRequest } from './preview/settings';
import { MAX_AGE_DAYS, readDays, sweepPreviews } from './preview/sweep';
import { StateObjects } from './terraform/state-objects';

const HELP = `Deploys and destroys previews: deployments of pull requests in environments pr-<number>.

  npm run preview -- deploy [--outputs-file FILE] NUMBER [stack ...]
      deploys the preview of the pull request from this checkout, one stack after the other; in a
      workflow, also sets the step output urls

  npm run preview -- destroy NUMBER
      destroys all stacks of the preview that have a state, also stacks that this checkout does
      not have; refuses states with resources that do not belong to the preview

  npm run preview -- sweep [--days N]
      destroys all previews whose states have not changed for N days (default: ${MAX_AGE_DAYS}),
      and removes old locks; starts no destruction after 45 minutes

  npm run preview -- comment --deploy RESULT --destroy RESULT [--urls JSON] [--commit SHA] NUMBER
      creates or updates the comment about the preview; RESULT is the result of the job in the
      workflow

deploy, destroy and sweep need the settings previews, stateBucket and permissionsBoundary, and
credentials of the preview role. Do not use those of an administrator: code of a pull request
writes the states. comment needs GITHUB_TOKEN and GITHUB_REPOSITORY, which workflows set.
`;

const TEXT = { type: 'string' } as const;

function readOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      'outputs-file': TEXT,
      days: TEXT,
      deploy: TEXT,
      destroy: TEXT,
      urls: TEXT,
      commit: TEXT,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

type Values = ReturnType<typeof readOptions>['values'];

/** Each command prints the text that it returns. */
const COMMANDS: Readonly<Record<string, (values: Values, rest: readonly string[]) => Promise<string>>> = {
  deploy: async (values, [number, ...stacks]) => {
    const pullRequest = readPullRequest(number);
    const urls = await deployPreview(pullRequest, { stacks, outputsFile: values['outputs-file'] });
    return Object.entries(urls)
      .map(([stack, url]) => `${stack}: ${url}`)
      .join('\n');
  },
  destroy: async (_, [number, ...rest]) => {
    refuse(rest);
    const settings = previewSettings(readPullRequest(number));
    const stacks = await destroyPreview(new StateObjects(settings), settings);
    return `${settings.environment}: ${stacks.length === 0 ? 'there is no preview' : `destroyed ${stacks.join(', ')}`}.`;
  },
  sweep: async ({ days }, rest) => {
    refuse(rest);
    return sweepPreviews(readDays(days), new Date());
  },
  comment: async ({ deploy, destroy, urls, commit }, [number, ...rest]) => {
    refuse(rest);
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = process.env;
    const result = await writePreviewComment(Github.fromEnvironment(process.env), readPullRequest(number), {
      ...{ deploy, destroy, commit },
      urls: readUrls(urls),
      runUrl: `${server}/${repository}/actions/runs/${run}`,
    });
    return `The comment about the preview on #${number} is ${result}.`;
  },
};

async function main(): Promise<void> {
  const { values, positionals } = readOptions();
  const [command = '', ...rest] = positionals;
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run)
    throw new Error(`${command === '' ? 'The command is missing' : `There is no command ${command}`}.\n\n${HELP}`);
  console.log(await run(values, rest));
}

/** @throws Error when there are more arguments than the command takes */
function refuse(rest: readonly string[]): void {
  if (rest.length > 0)
    throw new Error(`Unexpected argument: ${rest.join(' ')}\nnpm run preview -- --help shows the arguments.`);
}

cli('preview', main);
