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

test('a setting that is not set has its default', () => {
  const defaults = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, definition.default]),
  );
  expect(readSettings({}, {})).toEqual(defaults);
});

test('an environment variable overrides the context, unless it is empty', () => {
  expect(readSettings({ memoryMb: 512 }, { MEMORY_MB: '1024' }).memoryMb).toBe(1024);
  expect(readSettings({ memoryMb: 512 }, { MEMORY_MB: '' }).memoryMb).toBe(512);
});

test('CI requires a remote state, unless it is false, 0 or empty', () => {
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

test('the context accepts JSON values and text; the variable TAGS is JSON', () => {
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
  ['apiKeys', ['a']],
  ['apiKeys', { parts: 'a' }],
  ['apiKeys', { parts: [] }],
  ['apiKeys', { parts: ['a', 'a'] }],
  ['apiKeys', { parts: ['a', 'b', 'c'] }],
  ['apiKeys', { parts: ['A'] }],
  ['apiKeys', { parts: ['a_b'] }],
  ['tableNames', { parts: 'ab' }],
  ['tableNames', { parts: 'a b c' }],
  ['tableNames', { parts: 1 }],
  ['tags', ['a']],
  ['tags', { team: 1 }],
  ['tags', { stack: 'mine' }],
  ['tags', { 'aws:x': 'y' }],
  ['logRetentionDays', 2],
  ['runtime', 'nodejs20.x'],
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
  ['githubOidcIssuer', 'https://github.example.com'],
  ['githubRepositoryId', 'R_1'],
  ['githubOwnerId', 1.5],
  ['tags', { namePrefix: 'other' }],
  ['permissionsBoundary', 'boundary'],
  ['stateKmsKey', 'alias/states'],
  ['stateAdministrators', 'arn:aws:iam::111122223333:role/admin'],
  ['stateAdministrators', ['*']],
  ['stateAdministrators', ['arn:aws:iam::*:role/admin']],
  ['stateAdministrators', ['arn:aws:iam::111122223333:root']],
  ['remoteStateRequired', 1],
  ['functionPerRoute', 'constructor'],
  ['deletionProtection', ['true']],
  ['alarmEmail', 'ops'],
  ['monthlyBudgetUsd', -1],
  ['canary', 'CodeDeployDefault.LambdaAllAtOnce'],
  ['logLevel', ['info']],
])('refuses %s: %j, and names the setting, the value and the allowed values', (name, value) => {
  const [problem, ...others] = problemsOf({ [name]: value });
  expect(others).toEqual([]);
  expect(problem).toMatch(new RegExp(`^${name} \\(context of cdktf.json\\) is .*; it must be .*\\.$`));
  expect(problem).toContain(JSON.stringify(value));
});

test('refuses an unknown setting, but not the context keys of CDKTF and CDK Terrain', () => {
  expect(problemsOf({ bucket: 'acme' })).toEqual([
    expect.stringMatching(/^bucket .* is not a setting\. The settings are environment, /),
  ]);
  expect(problemsOf({ toString: 1 })).toHaveLength(1);
  expect(problemsOf({ excludeStackIdFromLogicalIds: 'true', cdktfJsonPath: 'x' })).toEqual([]);
  expect(problemsOf({ targetVersions: { terraform: '>=1.10' }, canonicalAssetHashes: 'true' })).toEqual([]);
});

test.each([
  ['memoryMB', 'memoryMb'],
  ['Region', 'region'],
  ['stateBukcet', 'stateBucket'],
  ['githubRepositry', 'githubRepository'],
])('the error for the unknown setting %s proposes %s', (name, proposed) => {
  expect(problemsOf({ [name]: 'x' })).toEqual([
    `${name} (context of cdktf.json) is not a setting. Did you mean ${proposed}?`,
  ]);
});

test('a repository needs a prefix, and the ids of a repository belong together', () => {
  const context = { githubRepository: 'acme/crud' };
  expect(problemsOf(context)).toEqual([expect.stringMatching(/^namePrefix is empty, but githubRepository is set/)]);
  expect(problemsOf({ ...context, namePrefix: 'acme' })).toEqual([]);
  expect(problemsOf({ githubOwnerId: '1' })).toEqual([expect.stringMatching(/^githubRepositoryId is empty, but/)]);
  expect(problemsOf({ githubRepositoryId: '1' })).toEqual([expect.stringMatching(/^githubOwnerId is empty, but/)]);
});

test('conflicts are reported together with wrong values and unknown names', () => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  expect(problemsOf({ githubRepository: 'acme/crud', memoryMb: 64, regoin: 'x', stateKmsKey: key })).toEqual([
    expect.stringMatching(/^memoryMb .* is 64; it must be /),
    expect.stringMatching(/^regoin /),
    expect.stringMatching(/^namePrefix is empty, but githubRepository is set/),
    expect.stringMatching(/^stateKmsKey is a key of eu-west-1, but region is us-east-1/),
  ]);
});

test('a setting with a wrong value is in no conflict', () => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const wrong = { githubRepository: 'acme/crud', namePrefix: 'A', region: 'x', stateKmsKey: key };
  expect(problemsOf(wrong).map((problem) => problem.split(' ')[0])).toEqual(['region', 'namePrefix']);
});

test('the KMS key of the states must be in the region', () => {
  const stateKmsKey = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  expect(problemsOf({ stateKmsKey, region: 'eu-west-1' })).toEqual([]);
  expect(problemsOf({ stateKmsKey })).toEqual([
    expect.stringMatching(/^stateKmsKey is a key of eu-west-1, but region is us-east-1; set a key of us-east-1/),
  ]);
});

test('the error names the wrong member of a list, and says what to write instead of a session', () => {
  const role = 'arn:aws:iam::111122223333:role/admin';
  const session = 'arn:aws:sts::111122223333:assumed-role/admin/ada';
  expect(problemsOf({ stateAdministrators: [role, session] })).toEqual([
    expect.stringMatching(/ Wrong: "arn:aws:sts::111122223333:assumed-role\/admin\/ada". For a session, /),
  ]);
  expect(problemsOf({ tags: { team: 'shop', 'aws:x': '1', cost: 'a#b' } })).toEqual([
    expect.stringContaining('Wrong: "aws:x": "1", "cost": "a#b"'),
  ]);
});

test('an id may be a number in cdktf.json, and administrators are JSON in the variable', () => {
  expect(readSettings({ githubRepositoryId: 456789, githubOwnerId: 12 }, {}).githubRepositoryId).toBe('456789');
  const STATE_ADMINISTRATORS = '["arn:aws:iam::111122223333:role/*/admin"]';
  expect(readSettings({}, { STATE_ADMINISTRATORS }).stateAdministrators).toEqual([
    'arn:aws:iam::111122223333:role/*/admin',
  ]);
});

test('wrong settings end the app before the synth, with a list of all faults and no stack trace', () => {
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
      '  - environment (environment variable ENVIRONMENT) is "Prod"; it must be lower-case letters, digits and single hyphens, starting with a letter (at most 12 characters).\n' +
      '  - memoryMb (environment variable MEMORY_MB) is "1"; it must be a whole number from 128 to 10240 (MB).\n',
  );
});

test('refuses a budget without an address', () => {
  expect(() => readSettings({ monthlyBudgetUsd: 50 }, {})).toThrow(
    'alarmEmail is empty, but monthlyBudgetUsd is 50; set the address that gets the mails of the budget.',
  );
});
