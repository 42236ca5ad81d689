/** Reads the rules of a branch from its rulesets. If no ruleset requires pull requests, reads the classic branch protection instead. */
import { type Github, GithubError } from './api';

/** The rules of a branch, in the same form for rulesets and branch protection. */
export interface BranchRules {
  /** Undefined when the branch accepts pushes without a pull request. */
  readonly pullRequest?: {
    /** Number of required approvals. */
    readonly approvals: number;
    /** Whether a push dismisses earlier approvals. */
    readonly dismissesStale: boolean;
    /** Whether code owners must approve. */
    readonly codeOwners: boolean;
    /** Whether another person must approve the last push. */
    readonly lastPush: boolean;
  };
  readonly checks: readonly RequiredCheck[];
  /** Whether force pushes are allowed. */
  readonly forcePush: boolean;
  /** Whether the branch can be deleted. */
  readonly deletion: boolean;
  /** Users, teams and roles that may bypass the rules, for example `RepositoryRole 5 of the ruleset main`. */
  readonly bypass: readonly string[];
  /** Rulesets whose bypass list the token cannot read. */
  readonly unreadable: readonly string[];
}

export interface RequiredCheck {
  readonly context: string;
  /** The id of the app that must report the check; undefined when every user with write access can report it. */
  readonly app: number | undefined;
}

/** GET /repos/OWNER/NAME/rules/branches/BRANCH (https://docs.github.com/rest/repos/rules). */
interface Rule {
  readonly type: string;
  readonly ruleset_id: number;
  readonly parameters?: {
    readonly required_approving_review_count?: number;
    readonly dismiss_stale_reviews_on_push?: boolean;
    readonly require_code_owner_review?: boolean;
    readonly require_last_push_approval?: boolean;
    readonly required_status_checks?: readonly { readonly context: string; readonly integration_id?: number | null }[];
  };
}

interface Ruleset {
  readonly name: string;
  /** Missing when the token may not read it. */
  readonly bypass_actors?: readonly { readonly actor_type: string; readonly actor_id: number | null }[];
}

/** GET /repos/OWNER/NAME/branches/BRANCH/protection (https://docs.github.com/rest/branches/branch-protection). */
interface Protection {
  readonly required_pull_request_reviews?: {
    readonly required_approving_review_count?: number;
    readonly dismiss_stale_reviews?: boolean;
    readonly require_code_owner_reviews?: boolean;
    readonly require_last_push_approval?: boolean;
    readonly bypass_pull_request_allowances?: Readonly<
      Record<string, readonly { readonly slug?: string; readonly login?: string }[]>
    >;
  };
  readonly required_status_checks?: {
    readonly checks?: readonly { readonly context: string; readonly app_id: number | null }[];
  };
  readonly enforce_admins?: { readonly enabled: boolean };
  readonly allow_force_pushes?: { readonly enabled: boolean };
  readonly allow_deletions?: { readonly enabled: boolean };
}

/**
 * Reads the rules of a branch.
 * @param isAdministrator false for a token that GitHub may answer 404 although the branch has a protection
 * @throws GithubError, with the status 403 or 404 when the token may not read the rules
 */
export async function readBranchRules(
  github: Github,
  branch: string,
  isAdministrator: boolean | undefined,
): Promise<BranchRules> {
  const rules = await github.list<Rule>(`/rules/branches/${branch}`);
  if (rules.some(({ type }) => type === 'pull_request')) return fromRulesets(github, rules);
  try {
    return fromProtection(await github.send<Protection>('GET', `/branches/${branch}/protection`));
  } catch (error) {
    if (!(error instanceof GithubError) || error.status !== 404 || isAdministrator === false) throw error;
    return fromRulesets(github, rules);
  }
}

async function fromRulesets(github: Github, rules: readonly Rule[]): Promise<BranchRules> {
  const reviews = rules.filter(({ type }) => type === 'pull_request').map(({ parameters = {} }) => parameters);
  const checks = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []);
  const ids = [...new Set(rules.map(({ ruleset_id: id }) => id))];
  const rulesets = await Promise.all(ids.map((id) => github.send<Ruleset>('GET', `/rulesets/${id}`)));
  const has = (name: string) => rules.some(({ type }) => type === name);
  return {
    ...(reviews.length > 0 && {
      pullRequest: {
        approvals: Math.max(...reviews.map(({ required_approving_review_count: count = 0 }) => count)),
        dismissesStale: reviews.some((review) => review.dismiss_stale_reviews_on_push),
        codeOwners: reviews.some((review) => review.require_code_owner_review),
        lastPush: reviews.some((review) => review.require_last_push_approval),
      },
    }),
    checks: checks.map(({ context, integration_id: app }) => ({ context, app: app ?? undefined })),
    forcePush: !has('non_fast_forward'),
    deletion: !has('deletion'),
    bypass: rulesets.flatMap(({ name, bypass_actors: actors = [] }) =>
      actors.map(({ actor_type: type, actor_id: id }) => `${type} ${id ?? ''} of the ruleset ${name}`),
    ),
    unreadable: rulesets.filter(({ bypass_actors: actors }) => actors === undefined).map(({ name }) => name),
  };
}

function fromProtection(protection: Protection): BranchRules {
  const { required_pull_request_reviews: review, required_status_checks: checks } = protection;
  const allowances = Object.entries(review?.bypass_pull_request_allowances ?? {});
  const actors = allowances.flatMap(([kind, list]) => list.map(({ slug, login }) => `${kind} ${slug ?? login ?? ''}`));
  return {
    ...(review && {
      pullRequest: {
        approvals: review.required_approving_review_count ?? 0,
        dismissesStale: review.dismiss_stale_reviews === true,
        codeOwners: review.require_code_owner_reviews === true,
        lastPush: review.require_last_push_approval === true,
      },
    }),
    checks: (checks?.checks ?? []).map(({ context, app_id: app }) => ({
      context,
      // -1: any app may report the check.
      app: app === null || app < 0 ? undefined : app,
    })),
    forcePush: protection.allow_force_pushes?.enabled === true,
    deletion: protection.allow_deletions?.enabled === true,
    bypass: [...actors, ...(protection.enforce_admins?.enabled === true ? [] : ['administrators'])],
    unreadable: [],
  };
}
