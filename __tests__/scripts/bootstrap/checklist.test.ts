import { checklist, type ChecklistFacts, checklistText, checksByHand } from '../../../scripts/bootstrap/checklist';
import { repositoryFindings } from '../../../scripts/bootstrap/repository-findings';
import { readSettings } from '../../../stacks/settings';

const NO_REPOSITORY = readSettings({}, {});
const WITH_REPOSITORY = readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme' }, {});
const FACTS: ChecklistFacts = {
  bucket: 'states',
  hasSettings: true,
  logRole: { arn: 'arn:role', owner: 'own' },
  account: [],
  findings: undefined,
};

const lines = (settings: typeof NO_REPOSITORY, facts: Partial<ChecklistFacts> = {}) =>
  checklist(settings, { ...FACTS, ...facts }).map(({ status, text }) => `${status}: ${text}`);

test.each(['own', 'foreign'] as const)(
  'without a repository, all items can be done, with a role of the owner %s',
  (owner) => {
    const account = [{ status: 'done', text: 'Lambda quota: 1000' }] as const;
    expect(lines(NO_REPOSITORY, { account, logRole: { arn: 'arn:role', owner } })).toEqual([
      'done: State bucket: states',
      'done: Settings: cdktf.json has all settings that bootstrap found',
      'done: Role for access logs: arn:role',
      'done: Lambda quota: 1000',
    ]);
  },
);

test('what cannot be read is unknown, with the reason', () => {
  const facts = { logRole: new Error('no access'), findings: new Error('GitHub is down') };
  expect(lines(WITH_REPOSITORY, facts).slice(2)).toEqual([
    'unknown: Role for access logs: no access',
    'unknown: GitHub: GitHub is down',
  ]);
});

test('settings that cdktf.json lacks are to do', () => {
  expect(lines(NO_REPOSITORY, { hasSettings: false })[1]).toMatch(/^to do: Settings: add the settings above/);
});

test.each([
  ['none', /^to do: .* in us-east-1 has none; set apiGatewayLogRole to CREATE/],
  ['dead', /^to do: .*arn:role does not exist any more; set apiGatewayLogRole to CREATE/],
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
  expect(lines(WITH_REPOSITORY, { findings }).slice(3)).toEqual([
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
  expect(lines(WITH_REPOSITORY, { findings })[3]).toMatch(/^unknown: GitHub: (?!all)/);
});

test('what no API can find out is a list of its own', () => {
  expect(checksByHand(NO_REPOSITORY, ['notes'])).toEqual([]);
  const settings = { ...WITH_REPOSITORY, alarmEmail: 'ops@example.com', domain: 'api.example.com' };
  expect(checksByHand(settings, [])).toEqual([
    expect.stringContaining('reviewers'),
    expect.stringContaining('two-factor'),
    'Mails: somebody reads the mails to ops@example.com',
    'Domain: the name servers of api.example.com are those of the hosted zone',
  ]);
});

test('the smoke test of the pipeline needs a token for some stacks', () => {
  const settings = { ...WITH_REPOSITORY, githubEnvironment: 'live' };
  expect(checksByHand(settings, ['notes', 'desks'])[2]).toBe(
    'GitHub: the smoke test of notes, desks gets a token, from the secret SMOKE_TOKEN of the environment live, or from a step of deploy.yml',
  );
  expect(checksByHand({ ...settings, previews: 'OWN_ACCOUNT' }, ['notes'])).toHaveLength(2);
});

describe('an account of previews', () => {
  const own = readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme', previews: 'OWN_ACCOUNT' }, {});
  const facts = { hasSettings: false, logRole: { arn: '', owner: 'none' } } as const;

  test('needs no settings in cdktf.json, and no role for access logs', () => {
    expect(lines(own, facts)).toEqual([
      'done: State bucket: states',
      'unknown: Settings: set the variables above on GitHub, and leave cdktf.json as it is',
      expect.stringMatching(/^unknown: GitHub: set GITHUB_TOKEN/),
    ]);
  });

  test('has its settings in variables on GitHub, which a token can read', () => {
    const findings = [
      { id: 'preview-account', status: 'wrong', text: 'not set in the environment: PREVIEWS' },
    ] as const;
    expect(lines(own, { ...facts, findings }).slice(1)).toEqual([
      'to do: GitHub, preview-account: not set in the environment: PREVIEWS',
    ]);
  });

  test('needs no mails and no domain by hand', () => {
    const settings = { ...own, alarmEmail: 'ops@example.com', domain: 'api.example.com' };
    expect(checksByHand(settings, []).filter((text) => !text.startsWith('GitHub: '))).toEqual([]);
  });
});

test('the text has a line for each item, and what to check by hand apart', () => {
  const items = [
    { status: 'to do', text: 'A' },
    { status: 'done', text: 'B' },
  ] as const;
  const list = '\nChecklist (docs/deploy.md describes each item):\n\n  to do    A\n  done     B';
  expect(checklistText(items, [])).toBe(list);
  expect(checklistText(items, ['C', 'D'])).toBe(`${list}\n\nCheck by hand:\n\n  C\n  D`);
});
