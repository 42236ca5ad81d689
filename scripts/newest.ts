/** `npm run newest`: installs the newest versions of the packages into a copy of the project, and runs its checks and tests there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { allowLatest, changedVersions, FIXED } from './newest/packages';
import { type Failure, reportOf } from './newest/report';
import { ROOT } from './project';

const HELP = `Tries the newest versions of the packages, in a copy of the last commit without package-lock.json.

  npm run newest -- [--latest] [--report FILE] [COMMAND ...]

  --latest       ignores the ranges in package.json, except for:
                 ${Object.keys(FIXED).join(', ')}
  --report FILE  writes the failures and the changed versions to FILE as Markdown
  COMMAND        runs only these npm scripts (default: the checks, the build and the tests)
  --help         shows this help

It ends with status 1 when a command fails. It needs the npm registry. Without COMMAND, it takes
longer than npm test.
`;

const COMMANDS = ['check:types', 'check:lint', 'check:imports', 'check:sdk', 'check:format', 'build', 'test'];

const INSTALL = ['install', '--ignore-scripts', '--no-audit'];

/** Installs versions that exclude each other (`peerDependencies`), so that the trial of the others goes on. */
const FORCE = '--legacy-peer-deps';

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      latest: { type: 'boolean', default: false },
      report: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'newest-'));
  try {
    const copy = path.join(folder, 'project');
    copyLastCommit(copy);
    if (values.latest) allowLatest(copy);
    const { isInstalled, failures } = install(copy);
    if (isInstalled) failures.push(...runScripts(copy, positionals.length > 0 ? positionals : COMMANDS));
    const kind = values.latest ? 'newest versions of all packages' : 'newest versions in the ranges of package.json';
    const changes = isInstalled ? changedVersions(ROOT, copy) : undefined;
    const report = reportOf({ title: `Node.js ${process.versions.node}, ${kind}`, changes, failures });
    if (values.report === undefined) console.log(`\n${report}`);
    else writeFileSync(values.report, report);
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The copy is a repository, because tests read its files with git. */
function copyLastCommit(copy: string): void {
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, copy], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git clone failed: ${stderr}. Run this command in a clone of the repository.`);
  rmSync(path.join(copy, 'package-lock.json'));
}

function install(copy: string): { readonly isInstalled: boolean; readonly failures: Failure[] } {
  const failure = run(copy, INSTALL);
  if (!failure?.output.includes('ERESOLVE')) return { isInstalled: !failure, failures: failure ? [failure] : [] };
  const forced = run(copy, [...INSTALL, FORCE]);
  return { isInstalled: !forced, failures: forced ? [failure, forced] : [failure] };
}

function runScripts(copy: string, scripts: readonly string[]): Failure[] {
  return [['run', 'prepare'], ...scripts.map((script) => ['run', script])].flatMap((args) => run(copy, args) ?? []);
}

/** Runs npm and shows its output. @returns undefined when it ends with status 0 */
function run(cwd: string, args: readonly string[]): Failure | undefined {
  const command = `npm ${args.join(' ')}`;
  console.log(`\n$ ${command}`);
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  });
  process.stdout.write(stdout + stderr);
  return status === 0 ? undefined : { command, output: stdout + stderr };
}

cli('newest', () => Promise.resolve().then(main));
