/** `npm run check:security`, run as a command, and its parts. CI runs the whole check. */
import { spawnSync } from 'node:child_process';
import { withAccount } from '../../../scripts/terraform/account';
import { securityApps } from '../../../scripts/security/apps';
import { JITI, ROOT } from '../../support/local-run';
import { synthState } from '../../support/synth';

function run(environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, PATH: '', ...environment };
  return spawnSync(process.execPath, [JITI, 'scripts/check-security.ts'], { cwd: ROOT, encoding: 'utf8', env });
}

test('without Terraform, the check is skipped with the reason', () => {
  const { status, stderr } = run({ REQUIRE_CHECKOV: '' });
  expect(stderr).toMatch(/^Skipped checkov: There is no terraform on the PATH\./);
  expect(status).toBe(0);
});

test('with REQUIRE_CHECKOV=1, a skipped check is a failure', () => {
  const { status, stderr } = run({ REQUIRE_CHECKOV: '1' });
  expect(stderr).toMatch(/There is no terraform on the PATH\./);
  expect(status).toBe(1);
});

test('the planned stacks get an account from this machine', async () => {
  const answer = await withAccount(async (sts) => {
    expect(sts).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    return (await fetch(sts, { method: 'POST' })).text();
  });
  expect(answer).toContain('<Account>111122223333</Account>');
});

test('apps get the defaults of the profile production', () => {
  const [project] = securityApps();
  expect(project?.root).toBe(ROOT);
  expect(project?.environment).toMatchObject({
    LOG_RETENTION_DAYS: '365',
    DELETION_PROTECTION: 'true',
    MAX_READ_UNITS: '1000',
  });
});

test('the planned stacks have the statements of all settings', () => {
  const states = securityApps().filter(({ root }) => root === ROOT);
  const sids = states.flatMap(({ environment }) =>
    Object.values(synthState({}, environment).data['aws_iam_policy_document'] ?? {}).flatMap(
      ({ statement }) => statement as { sid?: string }[],
    ),
  );
  // Of domain, canary, backup, a named key, a created key, previews, and alarmEmail.
  const features = [
    'ChangeDns',
    'GiveRolesToServices',
    'BackupVaults',
    'UseKey',
    'CreateKeys',
    'PreviewApis',
    'DriftMetric',
  ];
  expect(sids.map(({ sid }) => sid)).toEqual(expect.arrayContaining(features));
});

test('a stack that is planned twice has a name for each plan', () => {
  const names = securityApps().flatMap(({ stacks = {} }) => Object.values(stacks));
  expect(names).toEqual(['state-with-created-key']);
});
