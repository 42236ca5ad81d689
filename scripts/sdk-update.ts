/** `npm run sdk:update`: updates the AWS SDK of the functions, and shows what the update changes. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { exceededBudgets } from './sdk-update/budgets';
import { check, output } from './sdk-update/commands';
import { findReleases, installedVersions, refuseOtherNode, SDK_PACKAGES, setRanges } from './sdk-update/packages';
import { summaryOf } from './sdk-update/summary';
import { GO_BACK, refuseUncommittedChanges } from './working-copy';

const HELP = `Updates the AWS SDK of the functions, and shows what the update changes.

  npm run sdk:update -- [VERSION]

  VERSION  version of the AWS SDK, for example 3.1169.0 (default: the newest)
  --help   shows this help

It installs ${SDK_PACKAGES.join(', ')}.
packages/lean-dynamodb replaces some files of these packages. If the update changes such files, the
command shows a diff and accepts their new contents. Then it runs the tests of
packages/lean-dynamodb and the benchmark of the function, and prints a summary with the next steps.
It ends with status 1 when a check fails.

It refuses a working copy with uncommitted changes, and commits nothing. To go back:
${GO_BACK}
`;

/** A command as arguments of npm or npx. */
type Command = readonly [program: 'npm' | 'npx', args: readonly string[]];

const BENCHMARK: Command = ['npm', ['run', '--silent', 'bench', '--', '--quick', 'function']];
const CHECKS: readonly Command[] = [
  ['npm', ['run', '--silent', 'check:sdk']],
  ['npx', ['jest', 'packages/lean-dynamodb']],
  BENCHMARK,
];

const BUILD = ['run', '--silent', 'build'];

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [version, ...others] = positionals;
  if (others.length > 0 || (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)))
    throw new Error(`Pass one version, such as 3.1169.0, not ${positionals.join(' ')}.`);
  refuseUncommittedChanges();
  const before = installedVersions();
  const releases = findReleases(version);
  refuseOtherNode(releases);
  if (releases.every(({ name, version: wanted }) => before.get(name) === wanted)) {
    console.log(`Nothing to update: ${[...before].map(([name, installed]) => `${name} ${installed}`).join(', ')}.`);
    return;
  }
  const buildBefore = output('npm', BUILD);
  setRanges(releases, version !== undefined);
  if (!check('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund']).passed)
    throw new Error(`npm install failed. Correct the error above and run npm install again, or go back: ${GO_BACK}`);
  const changedFiles = withWayBack(acceptChanges);
  const results = new Map(CHECKS.map((command) => [command, check(...command)]));
  const checks = new Map([...results].map(([command, { passed }]) => [nameOf(command), passed]));
  const builds = [buildBefore, withWayBack(() => output('npm', BUILD))] as const;
  const exceeded = exceededBudgets(results.get(BENCHMARK)?.stdout ?? '');
  const after = installedVersions();
  console.log(`\n${summaryOf({ before, after, changedFiles, builds, checks, exceeded })}`);
  // An exceeded budget is no failure: the quick benchmark measures a few processes, whose times vary.
  if ([...checks.values()].includes(false)) process.exitCode = 1;
}

/** Shows a diff of the replaced files that changed, and accepts their new contents. @returns these files */
function acceptChanges(): string[] {
  console.log(`\n${output('npx', ['lean-dynamodb', 'changes'])}`);
  const accepted = output('npx', ['lean-dynamodb', 'accept']);
  return [...accepted.matchAll(/^accepted (\S+) /gm)].map(([, file = '']) => file);
}

/** Adds to an error how to undo the update, which has changed files. */
function withWayBack<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message} The update has changed files. Go back first: ${GO_BACK}`);
  }
}

/** The command as a user types it: `npm run check:sdk`. */
function nameOf([program, args]: Command): string {
  return [program, ...args].filter((part) => part !== '--silent').join(' ');
}

cli('sdk:update', () => Promise.resolve().then(run));
