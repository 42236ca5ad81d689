/** `npm run drift-metric`, with an HTTP server in place of GitHub, and a program that records its arguments in place of the AWS CLI. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { JITI, ROOT } from '../support/local-run';
import { withAnswer } from '../support/one-answer-server';

const TITLE = 'Drift: the deployed resources differ from the main branch';
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const issue = (hours: number, title = TITLE) => ({ number: 9, title, created_at: ago(hours) });

let bin: string;

beforeAll(() => (bin = mkdtempSync(path.join(os.tmpdir(), 'drift-'))));
afterAll(() => rmSync(bin, { recursive: true }));

/** Runs the script. @param status exit status of the AWS CLI */
async function driftMetric(issues: readonly object[], { email = 'ops@example.com', status = 0 } = {}) {
  const [cli, recorded] = [path.join(bin, 'aws'), path.join(bin, 'arguments')];
  rmSync(recorded, { force: true });
  writeFileSync(cli, `#!/bin/sh\necho "$@" > '${recorded}'\necho 'not authorized' >&2\nexit ${status}\n`);
  chmodSync(cli, 0o755);
  const result = { status: 0, stdout: '', stderr: '' };
  await withAnswer({ status: 200, body: JSON.stringify(issues) }, async (url) => {
    const settings = { ALARM_EMAIL: email, NAME_PREFIX: 'acme', ENVIRONMENT: 'staging', AWS_REGION: 'eu-west-1' };
    const github = { GITHUB_TOKEN: 'secret', GITHUB_REPOSITORY: 'acme/crud', GITHUB_API_URL: url };
    const child = spawn(process.execPath, [JITI, 'scripts/drift-metric.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...settings, ...github, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    });
    child.stdout.on('data', (text: Buffer) => (result.stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (result.stderr += text.toString()));
    result.status = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  });
  return { ...result, call: existsSync(recorded) ? readFileSync(recorded, 'utf8').trim() : undefined };
}

test.each<[string, object[], number]>([
  ['0 without an issue', [], 0],
  ['0 when only other issues are open', [issue(50, 'Drift of the docs')], 0],
  ['0 when only a pull request has the title', [{ ...issue(50), pull_request: {} }], 0],
  ['0 for an issue of this hour', [issue(0.2)], 0],
  ['the age of the issue in whole hours', [issue(50.4)], 50],
  ['24 for an issue of the last night', [issue(23.6)], 24],
])('writes %s', async (_, issues, hours) => {
  const { status, stdout, call } = await driftMetric(issues);
  expect({ status, call }).toEqual({
    status: 0,
    call:
      'cloudwatch put-metric-data --namespace acme-cdktf-serverless-crud-staging --metric-name DriftAgeHours ' +
      `--value ${hours} --region eu-west-1`,
  });
  expect(stdout).toContain(`DriftAgeHours is ${hours} in the namespace acme-cdktf-serverless-crud-staging.`);
});

test('writes nothing without alarmEmail', async () => {
  const { status, stdout, call } = await driftMetric([issue(50)], { email: '' });
  expect({ status, call }).toEqual({ status: 0, call: undefined });
  expect(stdout).toContain('alarmEmail is empty');
});

test('fails when the AWS CLI fails, and says what to do', async () => {
  const { status, stderr } = await driftMetric([], { status: 254 });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^\nCannot write DriftAgeHours to acme-cdktf-serverless-crud-staging in eu-west-1: not authorized\. If .* repeat npm run bootstrap/,
  );
});

test('fails for an age that is no date', async () => {
  const { status, stderr, call } = await driftMetric([{ ...issue(1), created_at: 'yesterday' }]);
  expect({ status, call }).toEqual({ status: 1, call: undefined });
  expect(stderr).toContain('GitHub says that issue #9 is of yesterday, which is no date.');
});
