import { stateAdministrators } from '../../../scripts/bootstrap/administrators';
import { readSettings } from '../../../stacks/settings';
import { withAnswer } from '../../support/one-answer-server';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const ACCOUNT = 'arn:aws:iam::111122223333';
const USER = `${ACCOUNT}:user/team/ada`;

const settings = (context: object = {}) =>
  readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme', ...context }, {});

test('returns the caller when the settings have no administrators', async () => {
  expect(await stateAdministrators(settings(), USER)).toEqual([USER]);
});

test('returns the administrators of the settings when they include the caller', async () => {
  const configured = [`${ACCOUNT}:role/admin`, `${ACCOUNT}:user/*`];
  expect(await stateAdministrators(settings({ stateAdministrators: configured }), USER)).toEqual(configured);
});

test('refuses a caller that the settings do not include, because the bucket would refuse it too', async () => {
  const result = stateAdministrators(settings({ stateAdministrators: [`${ACCOUNT}:user/team/ad`] }), USER);
  await expect(result).rejects.toThrow(`${USER} matches none of the stateAdministrators ${ACCOUNT}:user/team/ad.`);
});

test.each<[string, boolean]>([
  [`${ACCOUNT}:user/*`, true],
  [`${ACCOUNT}:user/*/a?a`, true],
  [`${ACCOUNT}:user/*ada*`, true],
  [`${ACCOUNT}:user/team/ada?`, false],
  [`${ACCOUNT}:user/*.da`, false],
  [`${ACCOUNT}:user/*/team/*`, false],
  [`${ACCOUNT}:user/${'*a'.repeat(50)}*`, false],
])('the pattern %s includes the caller: %s', async (pattern, expected) => {
  const result = stateAdministrators(settings({ stateAdministrators: [pattern] }), USER);
  if (expected) expect(await result).toEqual([pattern]);
  else await expect(result).rejects.toThrow('matches none of the stateAdministrators');
});

test('does not add the root user, because the bucket policy always admits it', async () => {
  expect(await stateAdministrators(settings(), `${ACCOUNT}:root`)).toEqual([]);
});

test('returns no administrators without a repository and without the setting', async () => {
  expect(await stateAdministrators(readSettings({}, {}), USER)).toEqual([]);
});

test('returns the role of a session, with the path that the ARN of the session lacks', async () => {
  const role = `${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`;
  const body = `<GetRoleResponse><GetRoleResult><Role><Arn>${role}</Arn></Role></GetRoleResult></GetRoleResponse>`;
  const requests = await withAnswer({ status: 200, body }, async (url) => {
    const environment = { ...process.env };
    Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    try {
      const session = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ada@example.com';
      expect(await stateAdministrators(settings(), session)).toEqual([role]);
    } finally {
      process.env = environment;
    }
  });
  expect(requests.map(({ body: sent }) => new URLSearchParams(sent).get('RoleName'))).toEqual([
    'AWSReservedSSO_Admin_0123456789abcdef',
  ]);
});

describe('with OWN_ACCOUNT, in an account of previews', () => {
  const OTHER = 'arn:aws:iam::444455556666:role/admin';
  const own = (stateAdministrators: readonly string[]) => settings({ previews: 'OWN_ACCOUNT', stateAdministrators });

  test('returns the caller when cdktf.json has the administrators of the other account', async () => {
    expect(await stateAdministrators(own([OTHER, OTHER.replace('admin', '*')]), USER)).toEqual([USER]);
    expect(await stateAdministrators(own([OTHER]), `${ACCOUNT}:root`)).toEqual([]);
  });

  test('returns only the administrators of the account', async () => {
    expect(await stateAdministrators(own([OTHER, `${ACCOUNT}:user/*`]), USER)).toEqual([`${ACCOUNT}:user/*`]);
  });

  test('refuses a caller that they do not include, and advises no change of cdktf.json', async () => {
    const result = stateAdministrators(own([`${ACCOUNT}:role/admin`]), USER);
    await expect(result).rejects.toThrow(/matches none .* the environment variable STATE_ADMINISTRATORS/);
    await expect(result).rejects.not.toThrow('cdktf.json');
  });

  test('with SHARED_ACCOUNT, administrators of another account stay administrators', async () => {
    const shared = settings({ previews: 'SHARED_ACCOUNT', stateAdministrators: [OTHER, USER] });
    expect(await stateAdministrators(shared, USER)).toEqual([OTHER, USER]);
  });
});
