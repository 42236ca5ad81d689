/** `npm run github -- check` when the token may not read a setting, and its exit statuses. */
import { Github } from '../../scripts/github/api';
import { checkRepository, exitStatusOf, type Finding, printFindings } from '../../scripts/github/check';
import { CHECKS } from '../../scripts/github/repository-checks';
import { type Answers, FakeRepository, notOk, RIGHT } from '../support/github-repository';

const repository = new FakeRepository();

beforeAll(() => repository.listen());
afterAll(() => repository.close());

const check = (changes: Answers = {}) => repository.check({ ...RIGHT, ...changes });

test('reports a setting that the token may not read as unknown, with the reason', async () => {
  const findings = await check({
    '/actions/permissions/workflow': 403,
    '/rulesets/5': { name: 'main' },
    '/environments/production': { ...(RIGHT['/environments/production'] as object), can_admins_bypass: undefined },
  });
  expect(notOk(findings)).toEqual(['unknown admin-bypass', 'unknown bypass', 'unknown workflow-token']);
  expect(printFindings(findings)).toMatch(
    /unknown {2}workflow-token: GET \S+: 403 [^]*16 ok, 0 wrong, 3 unknown\.\ndocs/,
  );
});

test.each<[string, Answers]>([
  ['nothing', {}],
  ['no rulesets', { '/rules/branches/main': [] }],
])('reports nothing as wrong to a token without administrator rights that sees %s', async (_, changes) => {
  const findings = await repository.check({ ...changes, '': { permissions: { admin: false } } });
  expect(findings).toHaveLength(CHECKS.length);
  for (const { status } of findings) expect(status).toBe('unknown');
});

test('reports once that GitHub shows the repository to nobody with this token', async () => {
  expect(await repository.check({})).toEqual([
    {
      id: 'all',
      status: 'unknown',
      text: expect.stringMatching(/^GET \S+\/acme\/crud: 404 Status 404\. Check /) as string,
    },
  ]);
});

test('reports once that GitHub refuses the token or does not answer', async () => {
  const refused = await repository.check(Object.fromEntries(['', ...Object.keys(RIGHT)].map((path) => [path, 401])));
  expect(printFindings(refused)).toMatch(
    /^unknown {2}all: GET \S+: 401 Status 401\. Check the network, the token, and the name of the repository\n\n0 ok, 0 wrong, 1 /,
  );
  const away = Github.fromEnvironment({
    GITHUB_TOKEN: 'x',
    GITHUB_REPOSITORY: 'a/b',
    GITHUB_API_URL: 'http://127.0.0.1:1',
  });
  expect(await checkRepository(away, 'production')).toEqual([
    { id: 'all', status: 'unknown', text: expect.stringMatching(/^GET \S+: no answer \(/) as string },
  ]);
});

test.each<[number, Finding['status'][]]>([
  [0, ['ok', 'ok']],
  [1, ['ok', 'unknown', 'wrong']],
  [3, ['unknown', 'ok']],
])('ends with status %d for %j', (status, found) => {
  expect(exitStatusOf(found.map((of) => ({ id: 'a', status: of, text: '' })))).toBe(status);
});
