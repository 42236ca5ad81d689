import { checklist, checklistText, type Done, repositoryFindings } from '../../../scripts/bootstrap/checklist';
import { readSettings } from '../../../stacks/settings';

const NO_REPOSITORY = readSettings({}, {});
const WITH_REPOSITORY = readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme' }, {});
const DONE: Done = {
  bucket: 'states',
  hasSettings: true,
  logRole: { arn: 'arn:role', owner: 'foreign' },
  findings: undefined,
};

const lines = (settings: typeof NO_REPOSITORY, done: Partial<Done> = {}) =>
  checklist(settings, { ...DONE, ...done }).map(({ status, text }) => `${status}: ${text}`);

test('without a repository, all items can be done', () => {
  expect(lines(NO_REPOSITORY)).toEqual([
    'done: State bucket: states',
    'done: Settings: cdktf.json has all settings that bootstrap found',
    'done: Role for access logs: arn:role',
  ]);
});

test('settings that cdktf.json lacks are to do', () => {
  expect(lines(NO_REPOSITORY, { hasSettings: false })[1]).toMatch(/^to do: Settings: add the settings above/);
});

test.each([
  ['none', /^to do: .* in us-east-1 has none; set apiGatewayLogRole to CREATE/],
  ['dead', /^to do: .*arn:role does not exist any more; set apiGatewayLogRole to CREATE/],
  ['own', /^done: Role for access logs: arn:role$/],
] as const)('the role for access logs, owner %s', (owner, expected) => {
  expect(lines(NO_REPOSITORY, { logRole: { arn: 'arn:role', owner } })[2]).toMatch(expected);
});

test('the settings of the repository are unknown without a token', async () => {
  expect(await repositoryFindings(WITH_REPOSITORY, {})).toBeUndefined();
  expect(lines(WITH_REPOSITORY)[3]).toBe(
    'unknown: GitHub: set GITHUB_TOKEN to the token of an administrator of acme/crud, and run npm run github -- check',
  );
});

test('each finding of npm run github -- check is an item', () => {
  const findings = [
    { id: 'reviewers', status: 'ok', text: 'required reviewers' },
    { id: 'variables', status: 'wrong', text: 'AWS_REGION is missing' },
    { id: 'bypass', status: 'unknown', text: 'no permission' },
  ] as const;
  expect(lines(WITH_REPOSITORY, { findings }).slice(3, 6)).toEqual([
    'done: GitHub, reviewers: required reviewers',
    'to do: GitHub, variables: AWS_REGION is missing',
    'unknown: GitHub, bypass: no permission',
  ]);
});

test('a repository is not asked without a setting, also with a token', async () => {
  expect(
    await repositoryFindings(NO_REPOSITORY, { GITHUB_TOKEN: 'x', GITHUB_API_URL: 'http://127.0.0.1:9' }),
  ).toBeUndefined();
});

test('GitHub that does not answer is one unknown item', async () => {
  const findings = await repositoryFindings(WITH_REPOSITORY, {
    GITHUB_TOKEN: 'x',
    GITHUB_API_URL: 'http://127.0.0.1:9',
  });
  expect(findings).toEqual([expect.objectContaining({ id: 'all', status: 'unknown' })]);
});

test('the text has a line for each item', () => {
  expect(
    checklistText([
      { status: 'to do', text: 'A' },
      { status: 'done', text: 'B' },
    ]),
  ).toMatch(/\nChecklist \(docs\/deploy\.md describes each item\):\n\n {2}to do {4}A\n {2}done {5}B$/);
});
