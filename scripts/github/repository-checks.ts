/** The checks of the repository's settings on GitHub that the pipeline relies on. docs/deploy.md has the same list for people. */
import type { Github } from './api';
import type { BranchRules } from './branch-rules';
import { ownedFiles, ownersOf, PLACEHOLDER } from './codeowners';
import { actionsId, fileOf, variable } from './repository-reads';

export const BRANCH = 'main';
/** The checks that ci.yml and plan.yml report: a job with a matrix reports one for each value. */
export const REQUIRED_CHECKS = [
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
/** Workflows with a job that waits for the approval of the environment. */
const WAITING_WORKFLOWS = ['deploy', 'destroy', 'rollback'];
/** Files outside of folders that need an owner. `ownedFiles` lists the folders. */
export const OWNED_PATHS = [
  '.npmrc',
  '.terraform-version',
  'app.cjs',
  'cdktf.json',
  'main.ts',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];

/** Maximum number of files without owners in a message. */
const MAX_LISTED = 5;

export interface Environment {
  readonly can_admins_bypass?: boolean;
  readonly protection_rules?: readonly {
    readonly type: string;
    readonly prevent_self_review?: boolean;
    readonly reviewers?: readonly object[];
  }[];
  readonly deployment_branch_policy?: { readonly custom_branch_policies: boolean } | null;
}

/** Data for the checks. `environment` and `rules` are requested from GitHub only once. */
export interface Repository {
  readonly github: Github;
  readonly environmentName: string;
  /** Whether the token belongs to an administrator; undefined when GitHub does not say it. */
  readonly isAdministrator: boolean | undefined;
  readonly environment: () => Promise<Environment>;
  readonly rules: () => Promise<BranchRules>;
}

/** One check. `problem` returns undefined when the requirement is met. It may throw GithubError or Unknown. */
export type Check = readonly [
  id: string,
  requirement: string,
  problem: (repository: Repository) => Promise<string | undefined>,
];

/** GitHub's answer does not show whether the requirement is met. The message is the reason. */
export class Unknown extends Error {}

const when = (isWrong: boolean, problem: string) => (isWrong ? problem : undefined);

/** A check of the rules of the branch. */
function rule(id: string, requirement: string, problem: (rules: BranchRules) => string | undefined): Check {
  return [id, requirement, async ({ rules }) => problem(await rules())];
}

/** A check of the rules for pull requests. */
function review(
  id: string,
  requirement: string,
  isMet: (rules: NonNullable<BranchRules['pullRequest']>) => boolean,
): Check {
  return rule(id, requirement, ({ pullRequest }) =>
    pullRequest ? when(!isMet(pullRequest), 'the rule is off') : 'no rule requires pull requests',
  );
}

const reviewers = ({ protection_rules: rules = [] }: Environment) =>
  rules.find(({ type }) => type === 'required_reviewers');

export const CHECKS: readonly Check[] = [
  [
    'environment',
    'deployments wait for the environment that the setting githubEnvironment names',
    async ({ github, environmentName }) => {
      const files = WAITING_WORKFLOWS.map((name) => `.github/workflows/${name}.yml`);
      const texts = await Promise.all(files.map((file) => fileOf(github, BRANCH, file)));
      const wrong = files.filter(
        (_, index) => !texts[index]?.split('\n').includes(`    environment: ${environmentName}`),
      );
      return when(
        wrong.length > 0,
        `${wrong.join(', ')}: no job has the environment ${environmentName}. Change the workflow, or the setting githubEnvironment`,
      );
    },
  ],
  [
    'reviewers',
    'the environment has required reviewers',
    async ({ environment }) =>
      when(!reviewers(await environment())?.reviewers?.length, 'the environment has no required reviewers'),
  ],
  [
    'self-review',
    'nobody approves a deployment that they started',
    async ({ environment }) =>
      when(reviewers(await environment())?.prevent_self_review !== true, 'prevent self-review is off'),
  ],
  [
    'admin-bypass',
    'administrators cannot bypass the reviewers',
    async ({ environment }) => {
      const { can_admins_bypass: bypass } = await environment();
      if (bypass === undefined) throw new Unknown('GitHub did not return can_admins_bypass');
      return when(bypass, 'administrators can bypass the protection rules');
    },
  ],
  [
    'deployment-branch',
    `only ${BRANCH} is deployed`,
    async ({ github, environment, environmentName }) => {
      if ((await environment()).deployment_branch_policy?.custom_branch_policies !== true)
        return 'the environment does not name its branches';
      const path = `/environments/${encodeURIComponent(environmentName)}/deployment-branch-policies`;
      const { branch_policies: policies } = await github.send<{ branch_policies: { name: string; type?: string }[] }>(
        'GET',
        path,
      );
      const names = policies.map(({ name, type = 'branch' }) => `${type} ${name}`);
      return when(names.join() !== `branch ${BRANCH}`, `the environment allows ${names.join(', ') || 'no branch'}`);
    },
  ],
  rule('pull-request', `${BRANCH} requires pull requests`, ({ pullRequest }) =>
    when(!pullRequest, 'no rule requires pull requests'),
  ),
  review('approvals', 'a pull request needs an approval', ({ approvals }) => approvals >= 1),
  review('stale-approvals', 'a push dismisses approvals', ({ dismissesStale }) => dismissesStale),
  review('code-owners', 'code owners must approve', ({ codeOwners }) => codeOwners),
  review('last-push', 'another person approves the last push', ({ lastPush }) => lastPush),
  rule('checks', 'all checks of ci and plan are required', ({ checks }) => {
    const missing = REQUIRED_CHECKS.filter((name) => !checks.some(({ context }) => context === name));
    return when(missing.length > 0, `not required: ${missing.join(', ')}`);
  }),
  [
    'check-source',
    'only GitHub Actions reports the checks',
    async ({ github, rules }) => {
      const { checks } = await rules();
      const open = checks.filter(({ app }) => app === undefined).map(({ context }) => context);
      if (open.length > 0) return `everyone with write access can report ${open.join(', ')}`;
      const actions = await actionsId(github);
      const foreign = checks.filter(({ app }) => app !== actions).map(({ context, app }) => `${context} (app ${app})`);
      return when(foreign.length > 0, `another app than GitHub Actions reports ${foreign.join(', ')}`);
    },
  ],
  rule('force-push', 'no force push', ({ forcePush }) => when(forcePush, 'force pushes are allowed')),
  rule('deletion', `${BRANCH} cannot be deleted`, ({ deletion }) => when(deletion, 'deletion is allowed')),
  rule('bypass', 'nobody bypasses the rules', ({ bypass, unreadable }) => {
    if (bypass.length === 0 && unreadable.length > 0)
      throw new Unknown(`the token cannot read the bypass list of ${unreadable.join(', ')}`);
    return when(bypass.length > 0, `can bypass the rules: ${bypass.join(', ')}`);
  }),
  [
    'workflow-token',
    'the default permissions of the workflow token are read-only',
    async ({ github }) => {
      const path = '/actions/permissions/workflow';
      const permissions = await github.send<Readonly<Record<string, unknown>>>('GET', path);
      const { default_workflow_permissions: access, can_approve_pull_request_reviews: approves } = permissions;
      if (access !== 'read') return `the default is ${JSON.stringify(access)}`;
      return when(approves !== false, 'workflows can approve pull requests');
    },
  ],
  [
    'oidc-subject',
    "the OIDC subject has GitHub's default form",
    async ({ github }) => {
      const { use_default: isDefault } = await github.send<{ use_default?: boolean }>(
        'GET',
        '/actions/oidc/customization/sub',
      );
      return when(
        isDefault !== true,
        'the repository or its organization customizes the subject, so the roles refuse the tokens',
      );
    },
  ],
  [
    'variables',
    'the variables of the workflows are set',
    async ({ github, isAdministrator }) => {
      const names = ['AWS_REGION', 'AWS_PLAN_ROLE_ARN', 'AWS_DEPLOY_ROLE_ARN'];
      const values = await Promise.all(names.map(async (name) => [name, await variable(github, name)] as const));
      const missing = values.filter(([, value]) => !value).map(([name]) => name);
      if (missing.length > 0 && isAdministrator === false)
        throw new Unknown(`the token cannot read ${missing.join(', ')}`);
      return when(missing.length > 0, `not set: ${missing.join(', ')}`);
    },
  ],
  [
    'owners',
    'CODEOWNERS names owners of the pipeline',
    async ({ github }) => {
      const { errors } = await github.send<{ errors: { line: number; kind: string }[] }>(
        'GET',
        `/codeowners/errors?ref=${BRANCH}`,
      );
      const text = await fileOf(github, BRANCH, '.github/CODEOWNERS');
      if (text.includes(PLACEHOLDER))
        return `.github/CODEOWNERS still names ${PLACEHOLDER}; replace it with a team that has write access`;
      const free = [...OWNED_PATHS, ...ownedFiles()].filter((file) => ownersOf(text, file).length === 0);
      if (free.length > 0) return `nobody owns ${[...new Set(free)].slice(0, MAX_LISTED).join(', ')}`;
      return when(
        errors.length > 0,
        `errors in ${errors.map(({ line, kind }) => `line ${line} (${kind})`).join(', ')}`,
      );
    },
  ],
];
