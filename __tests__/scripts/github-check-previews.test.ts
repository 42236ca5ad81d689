/** The checks of `npm run github -- check` for previews, against an HTTP server with GitHub's answers. */
import { OWN_ACCOUNT_CHECKS, PREVIEW_CHECKS } from '../../scripts/github/preview-checks';
import { CHECKS } from '../../scripts/github/repository-checks';
import { type Answers, FakeRepository, notOk, RIGHT } from '../support/github-repository';

const repository = new FakeRepository();

beforeAll(() => repository.listen());
afterAll(() => repository.close());

const POLICIES = '/environments/preview/deployment-branch-policies';
const PREVIEWS: Answers = {
  '/environments/preview': { deployment_branch_policy: null },
  '/labels/preview': { name: 'preview' },
  '/actions/variables/AWS_PREVIEW_ROLE_ARN': { value: 'arn:aws:iam::111122223333:role/preview' },
};
const OWN_ACCOUNT: Answers = {
  '/environments/preview/variables/PREVIEWS': { value: 'OWN_ACCOUNT' },
  '/environments/preview/variables/STATE_BUCKET': { value: 'preview-states' },
  '/environments/preview/variables/PERMISSIONS_BOUNDARY': { value: 'arn:aws:iam::444455556666:policy/boundary' },
};
const selected = (...names: string[]) => ({
  '/environments/preview': { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
  [POLICIES]: { branch_policies: names.map((name) => ({ name })) },
});

const check = (changes: Answers = {}) => repository.check({ ...RIGHT, ...PREVIEWS, ...changes }, 'SHARED_ACCOUNT');
const checkOwnAccount = (changes: Answers = {}) =>
  repository.check({ ...RIGHT, ...PREVIEWS, ...OWN_ACCOUNT, ...changes }, 'OWN_ACCOUNT');

test('finds nothing wrong in a repository with the right settings', async () => {
  const findings = await check();
  expect(findings).toHaveLength(CHECKS.length + PREVIEW_CHECKS.length);
  expect(notOk(findings)).toEqual([]);
  expect(notOk(await check(selected('main', 'refs/pull/*/merge')))).toEqual([]);
});

test.each<[string, Answers, string[]]>([
  ['no environment', { '/environments/preview': undefined }, ['wrong preview-environment']],
  [
    'an environment for protected branches',
    {
      '/environments/preview': {
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
      },
    },
    ['wrong preview-environment'],
  ],
  ['an environment for main only', selected('main'), ['wrong preview-environment']],
  ['an environment for pull requests only', selected('refs/pull/*/merge'), ['wrong preview-environment']],
  ['no label', { '/labels/preview': undefined }, ['wrong preview-label']],
  ['no variable', { '/actions/variables/AWS_PREVIEW_ROLE_ARN': undefined }, ['wrong preview-variable']],
])('finds %s', async (_, changes, expected) => {
  expect(notOk(await check(changes))).toEqual(expected);
});

describe('with an account of previews', () => {
  test('finds nothing wrong in a repository with the right variables', async () => {
    const findings = await checkOwnAccount();
    expect(findings).toHaveLength(CHECKS.length + PREVIEW_CHECKS.length + OWN_ACCOUNT_CHECKS.length);
    expect(notOk(findings)).toEqual([]);
  });

  test.each(Object.keys(OWN_ACCOUNT))('finds that %s is missing', async (path) => {
    const findings = await checkOwnAccount({ [path]: undefined });
    const name = path.split('/').at(-1);
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([
      {
        id: 'preview-account',
        status: 'wrong',
        text: `not set in the environment: ${name}; npm run bootstrap prints the values`,
      },
    ]);
  });

  test('finds another value of PREVIEWS', async () => {
    const findings = await checkOwnAccount({ '/environments/preview/variables/PREVIEWS': { value: 'SHARED_ACCOUNT' } });
    expect(findings.find(({ id }) => id === 'preview-account')?.text).toBe(
      'PREVIEWS is SHARED_ACCOUNT; set it to OWN_ACCOUNT',
    );
  });

  test('cannot find the variables with a token that may not read them', async () => {
    const missing = Object.fromEntries(Object.keys(OWN_ACCOUNT).map((path) => [path, undefined]));
    const findings = await checkOwnAccount({ ...missing, '': { permissions: { admin: false } } });
    expect(notOk(findings)).toContain('unknown preview-account');
  });
});

test('without the setting previews, checks nothing about previews', async () => {
  expect(notOk(await repository.check(RIGHT))).toEqual([]);
});
