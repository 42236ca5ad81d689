/** GitHub's answers for a repository with the right settings, for tests of `npm run github -- check`. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Github } from '../../scripts/github/api';
import { checkRepository, type Finding } from '../../scripts/github/check';
import { PLACEHOLDER } from '../../scripts/github/codeowners';
import type { Settings } from '../../stacks/settings';
import { ROOT } from './local-run';

/** Answers by path without the query, or by path and `page=N`. A number is a status. */
export type Answers = Record<string, unknown>;

/** Reads a workflow of this project. */
export const workflow = (name: string) => readFileSync(path.join(ROOT, `.github/workflows/${name}.yml`), 'utf8');
/** The answer for a file. */
export const contents = (text: string) => ({ content: Buffer.from(text).toString('base64') });
/** The CODEOWNERS of this project, with a team in place of the placeholder. */
export const OWNED = readFileSync(path.join(ROOT, '.github/CODEOWNERS'), 'utf8').replaceAll(
  PLACEHOLDER,
  '@acme/platform',
);
/** The names of the required checks. */
export const CONTEXTS = [
  'check',
  'test (20.19)',
  'test (22)',
  'test (24)',
  'schemathesis',
  'e2e',
  'migrate',
  'synth',
  'plan',
];

/** The answers for a repository with the right settings, by path without its query. */
export const RIGHT: Answers = {
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
  '/contents/.github/workflows/rollback.yml': contents(workflow('rollback')),
};

/** The classic protection of the branch, with the right settings. */
export const PROTECTION = {
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
/** The answers that differ in a repository with classic protection. */
export const CLASSIC: Answers = { '/rules/branches/main': [], '/branches/main/protection': PROTECTION };

/** An HTTP server with the answers of one repository. */
export class FakeRepository {
  private answers: Answers = {};
  private readonly server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hub');
    const resource = pathname.replace('/repos/acme/crud', '');
    const answer = this.answers[`${resource}?page=${searchParams.get('page')}`] ?? this.answers[resource];
    const status = typeof answer === 'number' ? answer : answer === undefined ? 404 : 200;
    response.writeHead(status).end(JSON.stringify(status === 200 ? answer : { message: `Status ${status}` }));
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.server.close();
  }

  /** Runs `npm run github -- check` with these answers only. @param previews the setting of the same name */
  async check(answers: Answers, previews: Settings['previews'] = 'OFF'): Promise<Finding[]> {
    this.answers = answers;
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const environment = { GITHUB_TOKEN: 'x', GITHUB_REPOSITORY: 'acme/crud', GITHUB_API_URL: url };
    return checkRepository(Github.fromEnvironment(environment), 'production', previews);
  }
}

/** The findings that are not ok, as `wrong checks`. */
export const notOk = (findings: readonly Finding[]) =>
  findings.filter(({ status }) => status !== 'ok').map(({ status, id }) => `${status} ${id}`);
