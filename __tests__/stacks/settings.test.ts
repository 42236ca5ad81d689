import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { definitions, readSettings, SettingsError } from '../../stacks/settings';
import { ROOT } from '../support/local-run';

const problemsOf = (context: Record<string, unknown>, environment: Record<string, string> = {}): readonly string[] => {
  try {
    readSettings(context, environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).problems;
  }
};

test('defaults', () => {
  const defaults = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, definition.default]),
  );
  expect(readSettings({}, {})).toEqual(defaults);
});

test('an environment variable wins over the context; an empty one says nothing', () => {
  expect(readSettings({ memoryMb: 512 }, { MEMORY_MB: '1024' }).memoryMb).toBe(1024);
  expect(readSettings({ memoryMb: 512 }, { MEMORY_MB: '' }).memoryMb).toBe(512);
});

test('CI is set where it is anything but false', () => {
  const required = (CI: string) => readSettings({}, { CI }).remoteStateRequired;
  expect(['true', '1', 'woodpecker', 'false', '0', 'FALSE', ''].map(required)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('the context may hold JSON or text', () => {
  expect(readSettings({ functionPerRoute: true, throttleRate: '5' }, {})).toMatchObject({
    functionPerRoute: true,
    throttleRate: 5,
  });
  expect(readSettings({}, { TAGS: '{"team":"crud"}' }).tags).toEqual({ team: 'crud' });
});

test.each([
  ['environment', 'Prod'],
  ['environment', 'a-very-long-name-'],
  ['environment', 'a--b'],
  ['environment', ''],
  ['region', 'Frankfurt'],
  ['namePrefix', '-'],
  ['tags', ['a']],
  ['tags', { team: 1 }],
  ['tags', { stack: 'mine' }],
  ['tags', { 'aws:x': 'y' }],
  ['logRetentionDays', 2],
  ['memoryMb', 127],
  ['memoryMb', 10241],
  ['memoryMb', 128.5],
  ['memoryMb', '1e3'],
  ['timeoutSeconds', 30],
  ['logLevel', 'LOUD'],
  ['throttleRate', 0],
  ['throttleBurst', -1],
  ['functionPerRoute', 'yes'],
  ['deletionProtection', 1],
  ['memoryMb', null],
  ['stateBucket', 'Acme'],
  ['stateBucket', 'a.b.c'],
  ['stateBucket', 'ab'],
  ['stateBucket', 'acme-s3alias'],
  ['stateBucket', 'a'.repeat(64)],
  ['githubRepository', 'acme'],
  ['githubRepository', 'acme/*'],
  ['githubEnvironment', 'a:b'],
  ['githubOidcProvider', 'maybe'],
  ['remoteStateRequired', 1],
  ['functionPerRoute', 'constructor'],
  ['deletionProtection', ['true']],
  ['logLevel', ['info']],
])('%s: %j is refused by its name, with what was seen and what is allowed', (name, value) => {
  const [problem, ...others] = problemsOf({ [name]: value });
  expect(others).toEqual([]);
  expect(problem).toMatch(new RegExp(`^${name} \\(context of cdktf.json\\): saw .*, allowed is `));
  expect(problem).toContain(JSON.stringify(value));
});

test('an unknown setting is refused', () => {
  expect(problemsOf({ memoryMB: 512 })).toEqual([
    expect.stringMatching(/^memoryMB .* is not a setting; allowed are environment, /),
  ]);
  expect(problemsOf({ toString: 1 })).toHaveLength(1);
  expect(problemsOf({ excludeStackIdFromLogicalIds: 'true', cdktfJsonPath: 'x' })).toEqual([]);
});

test('the app ends before synth, with all problems and no stack trace', () => {
  const out = mkdtempSync(path.join(os.tmpdir(), 'settings-'));
  const { status, stderr } = spawnSync(process.execPath, ['app.cjs'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ENVIRONMENT: 'Prod', MEMORY_MB: '1', CDKTF_OUTDIR: out },
  });
  rmSync(out, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toBe(
    '2 settings are wrong; nothing was synthesized.\n' +
      '  - environment (environment variable ENVIRONMENT): saw "Prod", allowed is lower-case letters, digits and single hyphens, a letter first, at most 12 characters\n' +
      '  - memoryMb (environment variable MEMORY_MB): saw "1", allowed is a whole number from 128 to 10240 (MB)\n',
  );
});
