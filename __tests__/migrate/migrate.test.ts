/**
 * Runs each migration of `npm run migrate` in a copy of the project, and compares the copy with the project: types, import rules, the
 * tests of the stacks, and every stack that they synthesize. The variable MIGRATE_TESTS adds tests, for example packages/local-run.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MIGRATIONS } from '../../scripts/migrate/migrations';
import { requireNode } from '../../scripts/migrate/require-node';
import { exampleApps } from '../../scripts/project';
import { ROOT } from '../support/local-run';
import { describeUnlessMigrated, MIGRATED } from '../support/migrated';
import { compareOutputs, differencesBy } from './support/differences';
import { commit, copyWithGit, run, runScript, runTests } from './support/project';

/** The tests of all stacks, with all their combinations of settings. */
const STACK_TESTS = ['__tests__/stacks'];

/**
 * Tests that run CDKTF or CDK Terrain: its command line, and the local run of this project and of another app. Also a test that compares
 * package.json with other files.
 */
const TESTS = [
  ...['__tests__/scripts/synth.test.ts', '__tests__/scripts/check-template', '__tests__/system/items.test.ts'],
  '__tests__/scripts/dependabot.test.ts',
  ...['packages/local-run/__tests__/source/', 'packages/local-run/__tests__/outside-app'],
  ...['newest.test', 'required-settings', 'sdk-update/packages'].map((name) => `__tests__/scripts/${name}`),
  '__tests__/lifecycle.test.ts',
  ...(process.env['MIGRATE_TESTS'] ?? '').split(' ').filter((test) => test !== ''),
];

/** Settings for which the project has its most stacks and resources. */
const PRODUCTION = {
  ...{ PROFILE: 'production', NAME_PREFIX: 'acme', STATE_BUCKET: 'acme-states', API_GATEWAY_LOG_ROLE: 'CREATE' },
  ...{ ALARM_EMAIL: 'crud@example.com', MONTHLY_BUDGET_USD: '50', RESERVED_CONCURRENCY: '20', BACKUP: 'true' },
  ...{ DOMAIN: 'api.example.com', HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ', CANARY: 'LambdaCanary10Percent5Minutes' },
  ...{ GITHUB_OIDC_REPOSITORY: 'acme/crud', GITHUB_OIDC_REPOSITORY_ID: '1', GITHUB_OIDC_OWNER_ID: '2' },
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'migrate-test-'));
const copies: string[] = [];

beforeAll(async () => {
  if (MIGRATED) return;
  // Fails now, not after the tests of this project.
  Object.values(MIGRATIONS).forEach((migration) => requireNode(migration));
  await runTests(ROOT, STACK_TESTS, path.join(folder, 'project-tests'));
  await synthesizeApps(ROOT, path.join(folder, 'project-apps'));
});

afterAll(() => {
  for (const each of [folder, ...copies]) rmSync(each, { recursive: true, force: true });
});

/** Synthesizes the app of the project with two sets of settings, and the examples. */
async function synthesizeApps(root: string, out: string): Promise<void> {
  const synth = (app: string, name: string, settings = {}) =>
    runScript(root, 'synth', ['--output', path.join(out, name), app], settings);
  await synth('.', 'development');
  await synth('.', 'production', PRODUCTION);
  for (const app of exampleApps()) await synth(app, app.replaceAll('/', '-'));
}

for (const name of Object.keys(MIGRATIONS))
  describeUnlessMigrated(`npm run migrate -- ${name}`, () => testMigration(name));

function testMigration(name: string): void {
  const recorded = path.join(folder, `${name}-tests`);
  const compare = (kind: 'tests' | 'apps') =>
    compareOutputs(
      { folder: path.join(folder, `project-${kind}`), root: ROOT },
      { folder: path.join(folder, `${name}-${kind}`), root: copy },
      differencesBy(name),
    );
  let copy: string;

  beforeAll(() => {
    copy = copyWithGit();
    copies.push(copy);
  });

  test('changes the copy, and installs the packages', async () => {
    expect(await runScript(copy, 'migrate', [name])).toContain('This working copy now uses ');
    expect(readFileSync(path.join(copy, 'package-lock.json'), 'utf8')).toContain(
      Object.values(MIGRATIONS[name]?.packages ?? {})[0]?.version,
    );
    await run(copy, process.execPath, ['packages/local-run/bin/build.cjs']);
    commit(copy);
  });

  test.each(['check:types', 'check:imports', 'check:format'])('npm run %s passes', async (script) => {
    await run(copy, 'npm', ['run', script]);
  });

  test('the tests of the stacks pass, and synthesize the same stacks', async () => {
    await runTests(copy, STACK_TESTS, recorded);
    const { files, faults } = compare('tests');
    expect(faults).toEqual([]);
    expect(files).toBeGreaterThan(300);
  });

  test('all apps synthesize to the same stacks, archives and documents', async () => {
    await synthesizeApps(copy, path.join(folder, `${name}-apps`));
    expect(compare('apps')).toMatchObject({ found: differencesBy(name), faults: [] });
  });

  test(`these tests pass: ${TESTS.join(', ')}`, async () => {
    await runTests(copy, TESTS);
  });
}
