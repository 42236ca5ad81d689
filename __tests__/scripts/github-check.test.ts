/** `npm run github -- check`, against an HTTP server with GitHub's answers for a repository. */
import { printFindings } from '../../scripts/github/check';
import { PLACEHOLDER } from '../../scripts/github/codeowners';
import { CHECKS } from '../../scripts/github/repository-checks';
import {
  type Answers,
  CLASSIC,
  contents,
  CONTEXTS,
  FakeRepository,
  notOk,
  OWNED,
  PROTECTION,
  RIGHT,
  workflow,
} from '../support/github-repository';

const repository = new FakeRepository();

beforeAll(() => repository.listen());
afterAll(() => repository.close());

const check = (changes: Answers = {}) => repository.check({ ...RIGHT, ...changes });

const environment = (changes: object) => ({
  '/environments/production': { ...(RIGHT['/environments/production'] as object), ...changes },
});
const rules = (change: (rule: { type: string; parameters: object }) => object[]) => ({
  '/rules/branches/main': (RIGHT['/rules/branches/main'] as { type: string; parameters: object }[]).flatMap(change),
});
const without = (type: string) => rules((rule) => (rule.type === type ? [] : [rule]));
const withApp = (id: number) =>
  rules((rule) => [
    rule.type === 'required_status_checks'
      ? {
          ...rule,
          parameters: { required_status_checks: CONTEXTS.map((context) => ({ context, integration_id: id })) },
        }
      : rule,
  ]);
const variables = (names: readonly string[]) => ({ variables: names.map((name) => ({ name, value: 'eu-west-1' })) });
const OTHER_VARIABLES = Array.from({ length: 30 }, (_, index) => `OTHER_${index}`);
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
  ['checks of another app', withApp(4711), ['check-source']],
  ['checks of GitHub Actions with another id', { ...withApp(4711), '/apps/github-actions': { id: 4711 } }, []],
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
  [
    'a variable of the organization',
    { '/actions/variables/AWS_REGION': undefined, '/actions/organization-variables': variables(['AWS_REGION']) },
    [],
  ],
  [
    "a variable on the second page of the organization's variables",
    {
      '/actions/variables/AWS_REGION': undefined,
      '/actions/organization-variables?page=1': variables(OTHER_VARIABLES),
      '/actions/organization-variables?page=2': variables(['AWS_REGION']),
    },
    [],
  ],
  [
    'a variable that neither the repository nor the organization has',
    {
      '/actions/variables/AWS_REGION': undefined,
      '/actions/organization-variables?page=1': variables(OTHER_VARIABLES),
      '/actions/organization-variables?page=2': variables([]),
    },
    ['variables'],
  ],
  ['the placeholder in CODEOWNERS', { '/contents/.github/CODEOWNERS': contents(`* ${PLACEHOLDER}`) }, ['owners']],
  ['no CODEOWNERS', { '/contents/.github/CODEOWNERS': undefined }, ['owners']],
  ['a path without owners', { '/contents/.github/CODEOWNERS': contents(`${OWNED}\n/scripts/deploy.ts\n`) }, ['owners']],
  ['a folder without owners', { '/contents/.github/CODEOWNERS': contents(`${OWNED}\n/packages/*/src/\n`) }, ['owners']],
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

test('reports a readable bypass as wrong, even if another ruleset is unreadable', async () => {
  const actor = { actor_type: 'OrganizationAdmin', actor_id: null };
  const findings = await check({ '/rulesets/5': { name: 'a' }, '/rulesets/6': { name: 'b', bypass_actors: [actor] } });
  expect(notOk(findings)).toEqual(['wrong bypass']);
});
