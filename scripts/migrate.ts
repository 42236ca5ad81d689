/** `npm run migrate`: changes the working copy to CDK Terrain, or to AWS provider 6. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { type Changes, editFiles, replacePackages } from './migrate/apply';
import type { Migration } from './migrate/migration';
import { MIGRATIONS } from './migrate/migrations';
import { requireNode } from './migrate/require-node';
import { ROOT } from './project';
import { GO_BACK, refuseUncommittedChanges, trackedFiles } from './working-copy';

const NAMES = Object.entries(MIGRATIONS).map(
  ([name, { title, node }]) => `  ${name.padEnd(12)} ${title} (Node.js ${node} or later)`,
);

const HELP = `Changes this working copy to CDK Terrain, the successor of CDKTF, or to AWS provider 6.

  npm run migrate -- NAME [--no-install]

${NAMES.join('\n')}

  --no-install  does not run npm install, so package-lock.json and node_modules stay
  --help        shows this help

It changes package.json, and the files that use CDKTF or the provider. docs/migrate.md lists the
changes. Then it runs npm install --ignore-scripts. It refuses a working copy with uncommitted
changes, so Git can undo all of its changes. It deploys nothing.
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
  if (name === undefined || others.length > 0)
    throw new Error(
      `Pass the name of one migration${others.length > 0 ? `, not ${[name, ...others].join(' ')}` : ''}.\n\n${HELP}`,
    );
  const migration = Object.hasOwn(MIGRATIONS, name) ? MIGRATIONS[name] : undefined;
  if (migration) return migration;
  throw new Error(`There is no migration ${name}. Pass one of these:\n\n${NAMES.join('\n')}`);
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
    `npm install ${error ? `did not start: ${error.message}` : `ended with status ${status}`}. The migration has changed ` +
      `the files. Correct the error and run npm install --ignore-scripts, or go back: ${GO_BACK}`,
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
