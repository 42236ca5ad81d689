/** `npm run github -- check`, against an HTTP server with GitHub's answers for a repository. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Github } from '../../scripts/github/api';
import { checkRepository, exitStatusOf, type Finding, printFindings } from '../../scripts/github/check';
import { PLACEHOLDER } from '../../scripts/github/codeowners';
import { CHECKS, REQUIRED_CHECKS } from '../../scripts/github/repository-checks';
import { ROOT } from '../support/local-run';

type Answers = Record<string, unknown>;

const FILE = readFileSync(path.join(ROOT, '.github/CODEOWNERS'), 'utf8');
const workflow = (name: string) => readFileSync(path.join(ROOT, `.github/workflows/${name}.yml`), 'utf8');
const contents = (text: string) => ({ content: Buffer.from(text).toString('base64') });
const OWNED = FILE.replaceAll(PLACEHOLDER, '@acme/platform');
const CONTEXTS = ['check', 'test (20.19)', 'test (22)', 'test (24)', 'schemathesis', 'e2e', 'synth', 'plan'];

/** The answers for a repository with the right settings, by path without its query. */
const RIGHT: Answers = {
  '/environments/production': {
    can_admins_bypass: false,
    protection_rules: [
      { type: 'branch_policy' },
      { type: 'required_reviewers', prevent_self_review: true, reviewers: [{ type: 'Team' }] },
    ],
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  },
  '/environments/production/deployment-branch-policies': { branch_policies: [{ name: 'main', type: 'branch' }] },
  '/rules/branches/main': [
    {
      type: 'pull_request',
      ruleset_id: 5,
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: true,
        require_code_owner_review: true,
        require_last_push_approval: true,
      },
    },
    {
      type: 'required_status_checks',
      ruleset_id: 5,
      parameters: { required_status_checks: CONTEXTS.map((context) => ({ context, integration_id: 15368 })) },
    },
    { type: 'non_fast_forward', ruleset_id: 6 },
    { type: 'deletion', ruleset_id: 6 },
  ],
  '/rulesets/5': { name: 'main', bypass_actors: [] },
  '/rulesets/6': { name: 'history', bypass_actors: [] },
  '/actions/permissions/workflow': { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
  '/actions/oidc/customization/sub': { use_default: true },
  '/actions/variables/AWS_REGION': { value: 'eu-west-1' },
  '/actions/variables/AWS_PLAN_ROLE_ARN': { value: 'arn:aws:iam::111122223333:role/plan' },
  '/actions/variables/AWS_DEPLOY_ROLE_ARN': { value: 'arn:aws:iam::111122223333:role/deploy' },
  '/codeowners/errors': { errors: [] },
  '/contents/.github/CODEOWNERS': contents(OWNED),
  '/contents/.github/workflows/deploy.yml': contents(workflow('deploy')),
  '/contents/.github/workflows/destroy.yml': contents(workflow('destroy')),
};

/** The classic protection of the branch, with the right settings. */
const PROTECTION = {
  required_pull_request_reviews: {
    required_approving_review_count: 2,
    dismiss_stale_reviews: true,
    require_code_owner_reviews: true,
    require_last_push_approval: true,
    bypass_pull_request_allowances: { users: [], teams: [], apps: [] },
  },
  required_status_checks: { checks: CONTEXTS.map((context) => ({ context, app_id: 15368 })) },
  enforce_admins: { enabled: true },
  allow_force_pushes: { enabled: false },
  allow_deletions: { enabled: false },
};
const CLASSIC: Answers = { '/rules/branches/main': [], '/branches/main/protection': PROTECTION };

let answers: Answers;
let server: http.Server;
let github: Github;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://hub');
    const answer = answers[pathname.replace('/repos/acme/crud', '')];
    const status = typeof answer === 'number' ? answer : answer === undefined ? 404 : 200;
    response.writeHead(status).end(JSON.stringify(status === 200 ? answer : { message: `Status ${status}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  github = Github.fromEnvironment({ GITHUB_TOKEN: 'x', GITHUB_REPOSITORY: 'acme/crud', GITHUB_API_URL: url });
});

afterAll(() => server.close());

async function check(changes: Answers = {}): Promise<Finding[]> {
  answers = { ...RIGHT, ...changes };
  return checkRepository(github, 'production');
}

/** The findings that are not ok, as `wrong checks`. */
const notOk = (findings: readonly Finding[]) =>
  findings.filter(({ status }) => status !== 'ok').map(({ status, id }) => `${status} ${id}`);

const environment = (changes: object) => ({
  '/environments/production': { ...(RIGHT['/environments/production'] as object), ...changes },
});
const rules = (change: (rule: { type: string; parameters: object }) => object[]) => ({
  '/rules/branches/main': (RIGHT['/rules/branches/main'] as { type: string; parameters: object }[]).flatMap(change),
});
const without = (type: string) => rules((rule) => (rule.type === type ? [] : [rule]));
const withReview = (parameters: object) =>
  rules((rule) => [
    rule.type === 'pull_request' ? { ...rule, parameters: { ...rule.parameters, ...parameters } } : rule,
  ]);

test.each([
  ['rulesets', {}],
  ['classic protection', CLASSIC],
])('finds nothing wrong in a repository with the right settings, with %s', async (_, changes) => {
  const findings = await check(changes);
  expect(findings).toHaveLength(CHECKS.length);
  expect(notOk(findings)).toEqual([]);
  expect(printFindings(findings)).toMatch(
    /^ok {7}environment: [^]*\nok {7}reviewers: the environment has required reviewers\n[^]*\n19 ok, 0 wrong, 0 unknown\.$/,
  );
});

test.each<[string, Answers, string[]]>([
  [
    'no environment',
    { '/environments/production': undefined },
    ['reviewers', 'self-review', 'admin-bypass', 'deployment-branch'],
  ],
  [
    'a workflow with another environment',
    { '/contents/.github/workflows/destroy.yml': contents(workflow('destroy').replace(': production', ': staging')) },
    ['environment'],
  ],
  ['no reviewers', environment({ protection_rules: [] }), ['reviewers', 'self-review']],
  [
    'an empty list of reviewers',
    environment({ protection_rules: [{ type: 'required_reviewers', prevent_self_review: true, reviewers: [] }] }),
    ['reviewers'],
  ],
  [
    'self-review',
    environment({ protection_rules: [{ type: 'required_reviewers', prevent_self_review: false, reviewers: [{}] }] }),
    ['self-review'],
  ],
  ['a bypass by administrators', environment({ can_admins_bypass: true }), ['admin-bypass']],
  ['all branches', environment({ deployment_branch_policy: null }), ['deployment-branch']],
  [
    'all protected branches',
    environment({ deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }),
    ['deployment-branch'],
  ],
  [
    'a second branch',
    { '/environments/production/deployment-branch-policies': { branch_policies: [{ name: 'main' }, { name: 'x' }] } },
    ['deployment-branch'],
  ],
  [
    'a tag named main',
    { '/environments/production/deployment-branch-policies': { branch_policies: [{ name: 'main', type: 'tag' }] } },
    ['deployment-branch'],
  ],
  [
    'no rules',
    { '/rules/branches/main': [] },
    ['pull-request', 'approvals', 'stale-approvals', 'code-owners', 'last-push', 'checks', 'force-push', 'deletion'],
  ],
  ['no approvals', withReview({ required_approving_review_count: 0 }), ['approvals']],
  ['stale approvals', withReview({ dismiss_stale_reviews_on_push: false }), ['stale-approvals']],
  ['no code owners', withReview({ require_code_owner_review: false }), ['code-owners']],
  ['own approvals', withReview({ require_last_push_approval: false }), ['last-push']],
  ['no required checks', without('required_status_checks'), ['checks']],
  [
    'a missing check and checks of anyone',
    rules((rule) => [
      rule.type === 'required_status_checks'
        ? { ...rule, parameters: { required_status_checks: [{ context: 'plan' }, { context: 'planet (1)' }] } }
        : rule,
    ]),
    ['checks', 'check-source'],
  ],
  ['force pushes', without('non_fast_forward'), ['force-push']],
  ['deletion', without('deletion'), ['deletion']],
  [
    'a bypass of a ruleset',
    { '/rulesets/6': { name: 'history', bypass_actors: [{ actor_type: 'RepositoryRole', actor_id: 5 }] } },
    ['bypass'],
  ],
  [
    'a token of workflows that writes',
    {
      '/actions/permissions/workflow': {
        default_workflow_permissions: 'write',
        can_approve_pull_request_reviews: false,
      },
    },
    ['workflow-token'],
  ],
  [
    'approvals by workflows',
    {
      '/actions/permissions/workflow': { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true },
    },
    ['workflow-token'],
  ],
  [
    'another OIDC subject',
    { '/actions/oidc/customization/sub': { use_default: false, include_claim_keys: ['repo'] } },
    ['oidc-subject'],
  ],
  ['a missing variable', { '/actions/variables/AWS_PLAN_ROLE_ARN': undefined }, ['variables']],
  ['the placeholder in CODEOWNERS', { '/contents/.github/CODEOWNERS': contents(FILE) }, ['owners']],
  ['no CODEOWNERS', { '/contents/.github/CODEOWNERS': undefined }, ['owners']],
  ['a path without owners', { '/contents/.github/CODEOWNERS': contents(`${OWNED}\n/scripts/deploy.ts\n`) }, ['owners']],
  ['an unknown owner', { '/codeowners/errors': { errors: [{ line: 3, kind: 'Unknown owner' }] } }, ['owners']],
])('finds %s', async (_, changes, ids) => {
  expect(notOk(await check(changes))).toEqual(ids.map((id) => `wrong ${id}`));
});

test.each<[string, object, string[]]>([
  ['administrators', { enforce_admins: { enabled: false } }, ['bypass']],
  [
    'no reviews',
    { required_pull_request_reviews: undefined },
    ['pull-request', 'approvals', 'stale-approvals', 'code-owners', 'last-push'],
  ],
  [
    'a team that needs no pull request',
    {
      required_pull_request_reviews: {
        ...PROTECTION.required_pull_request_reviews,
        bypass_pull_request_allowances: { teams: [{ slug: 'ops' }] },
      },
    },
    ['bypass'],
  ],
  [
    'checks of any app',
    { required_status_checks: { checks: CONTEXTS.map((context) => ({ context, app_id: -1 })) } },
    ['check-source'],
  ],
  [
    'force pushes and deletion',
    { allow_force_pushes: { enabled: true }, allow_deletions: { enabled: true } },
    ['force-push', 'deletion'],
  ],
])('finds %s in the classic protection', async (_, changes, ids) => {
  const protection = { ...PROTECTION, ...changes };
  expect(notOk(await check({ ...CLASSIC, '/branches/main/protection': protection }))).toEqual(
    ids.map((id) => `wrong ${id}`),
  );
});

test('reports a setting that the token may not read as unknown, with the reason', async () => {
  const findings = await check({
    '/actions/permissions/workflow': 403,
    '/rulesets/5': { name: 'main' },
    ...environment({ can_admins_bypass: undefined }),
  });
  expect(notOk(findings)).toEqual(['unknown admin-bypass', 'unknown bypass', 'unknown workflow-token']);
  expect(printFindings(findings)).toMatch(
    /unknown {2}workflow-token: GET \S+: 403 [^]*16 ok, 0 wrong, 3 unknown\.\ndocs/,
  );
});

test.each<[number, Finding['status'][]]>([
  [0, ['ok', 'ok']],
  [1, ['ok', 'unknown', 'wrong']],
  [3, ['unknown', 'ok']],
])('ends with status %d for %j', (status, found) => {
  expect(exitStatusOf(found.map((of) => ({ id: 'a', status: of, text: '' })))).toBe(status);
});

test('reports a readable bypass as wrong, even if another ruleset is unreadable', async () => {
  const actor = { actor_type: 'OrganizationAdmin', actor_id: null };
  const findings = await check({ '/rulesets/5': { name: 'a' }, '/rulesets/6': { name: 'b', bypass_actors: [actor] } });
  expect(notOk(findings)).toEqual(['wrong bypass']);
});

test('docs/deploy.md lists every check', () => {
  const page = readFileSync(path.join(ROOT, 'docs/deploy.md'), 'utf8');
  const [, section = ''] = page.split('### Settings on GitHub\n');
  const ids = [...(section.split('\n### ')[0] ?? '').matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id);
  expect(ids).toEqual(CHECKS.map(([id]) => id));
});

test('the required checks are the jobs of ci.yml, and the first jobs of plan.yml', () => {
  const jobsOf = (name: string) =>
    [...(workflow(name).split('\njobs:\n')[1] ?? '').matchAll(/^ {2}([\w-]+):$/gm)].map(([, job = '']) => job);
  const [, versions = ''] = /node: \[(.*)\]/.exec(workflow('ci')) ?? [];
  const tests = versions.split(', ').map((version) => `test (${version.replaceAll("'", '')})`);
  const ci = jobsOf('ci').flatMap((job) => (job === 'test' ? tests : [job]));
  expect(REQUIRED_CHECKS).toEqual(
    [...ci, 'synth', 'plan'].sort((a, b) => REQUIRED_CHECKS.indexOf(a) - REQUIRED_CHECKS.indexOf(b)),
  );
  expect(jobsOf('plan')).toEqual(['synth', 'plan', 'comment']);
});
