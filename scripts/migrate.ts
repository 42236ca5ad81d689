/** `npm run migrate`: changes the working copy to CDK Terrain, or to AWS provider 6. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { type Changes, editFiles, replacePackages } from './migrate/apply';
import type { Migration } from './migrate/migration';
import { MIGRATIONS } from './migrate/migrations';
import { ROOT } from './project';
import { GO_BACK, refuseUncommittedChanges, trackedFiles } from './working-copy';

const NAMES = Object.entries(MIGRATIONS).map(
  ([name, { title, node }]) => `  ${name.padEnd(12)} ${title} (Node.js ${node} or later)`,
);

const HELP = `Changes this working copy to other versions of CDKTF and of the AWS provider.

  npm run migrate -- NAME [--no-install]

${NAMES.join('\n')}

  --no-install  changes no package-lock.json and no node_modules
  --help        shows this help

It changes package.json, imports, every cdktf.json, commands in texts, and the versions of Node.js in CI. Then
it runs npm install --ignore-scripts. It refuses a working copy with uncommitted changes, so that Git can undo
everything. It deploys nothing.
`;

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'no-install': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const migration = migrationOf(positionals);
  if (!values['no-install']) requireNode(migration);
  refuseUncommittedChanges();
  const files = trackedFiles();
  const packages = replacePackages(migration);
  const changes = editFiles(migration, files);
  if (!values['no-install']) install();
  console.log(summary(migration, packages, changes).join('\n'));
}

function migrationOf([name, ...others]: readonly string[]): Migration {
  if (name === undefined || others.length > 0) throw new Error(`Pass the name of one migration.\n\n${HELP}`);
  const migration = Object.hasOwn(MIGRATIONS, name) ? MIGRATIONS[name] : undefined;
  if (migration) return migration;
  throw new Error(`There is no migration ${name}. Pass one of these:\n\n${NAMES.join('\n')}`);
}

function requireNode({ title, node }: Migration): void {
  const { node: current } = process.versions;
  if (current.localeCompare(node, 'en', { numeric: true }) >= 0) return;
  throw new Error(`${title} needs Node.js ${node} or later, but this is Node.js ${current}. Install it, and repeat.`);
}

function install(): void {
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  throw new Error(
    `npm install ${error ? `did not start: ${error.message}` : `ended with status ${status}`}. The files are changed. Correct the ` +
      `error and run npm install --ignore-scripts, or go back: ${GO_BACK}`,
  );
}

function summary({ title, next }: Migration, packages: readonly string[], changes: Changes): string[] {
  return [
    `This working copy now uses ${title}.`,
    '',
    ...packages.map((text) => `  ${text}`),
    ...[...changes].map(([subject, count]) => `  ${subject}: ${count} ${count === 1 ? 'file' : 'files'}`),
    '',
    `To go back: ${GO_BACK}`,
    '',
    'Next:',
    ...next.map((text, index) => `${index + 1}. ${text}`),
  ];
}

cli('migrate', () => Promise.resolve().then(run));
