/** Runs the checks of the repository's settings on GitHub, and prints their findings. */
import { type Github, GithubError } from './api';
import { readBranchRules } from './branch-rules';
import { hasPreviews } from '../../stacks/previews';
import type { Settings } from '../../stacks/settings';
import { OWN_ACCOUNT_CHECKS, PREVIEW_CHECKS } from './preview-checks';
import { BRANCH, type Check, CHECKS, type Environment, type Repository, Unknown } from './repository-checks';

export interface Finding {
  readonly id: string;
  readonly status: 'ok' | 'wrong' | 'unknown';
  /** The requirement for `ok`, the problem for `wrong`, the reason for `unknown`. */
  readonly text: string;
}

/**
 * Runs all checks.
 * @param environmentName the environment that deployments wait for
 * @param previews the setting of the same name, which adds checks
 * @returns one finding for each check. If GitHub does not answer or refuses the token: one finding for all
 */
export async function checkRepository(
  github: Github,
  environmentName: string,
  previews: Settings['previews'] = 'OFF',
): Promise<Finding[]> {
  try {
    const { permissions: { admin: isAdministrator } = {}, missing } = await readRepository(github);
    const repository: Repository = {
      github,
      environmentName,
      isAdministrator,
      environment: once(() => github.send<Environment>('GET', `/environments/${encodeURIComponent(environmentName)}`)),
      rules: once(() => readBranchRules(github, BRANCH, isAdministrator)),
    };
    const checks = [
      ...CHECKS,
      ...(hasPreviews(previews) ? PREVIEW_CHECKS : []),
      ...(previews === 'OWN_ACCOUNT' ? OWN_ACCOUNT_CHECKS : []),
    ];
    const findings = await Promise.all(checks.map((check) => runCheck(check, repository)));
    if (missing && findings.every(({ status }) => status !== 'ok')) return [unknownRepository(missing)];
    return findings;
  } catch (error) {
    if (!(error instanceof GithubError) || !concernsAll(error)) throw error;
    return [unknownRepository(error)];
  }
}

function unknownRepository({ message }: GithubError): Finding {
  return {
    id: 'all',
    status: 'unknown',
    text: `${message}. Check the network, the token, and the name of the repository`,
  };
}

interface RepositoryAnswer {
  /** The permissions of the token's user. */
  readonly permissions?: { readonly admin?: boolean };
  /** GitHub's error when it shows no such repository to the token. */
  readonly missing?: GithubError;
}

async function readRepository(github: Github): Promise<RepositoryAnswer> {
  try {
    return await github.send<RepositoryAnswer>('GET', '');
  } catch (error) {
    if (!(error instanceof GithubError) || concernsAll(error)) throw error;
    return error.status === 404 ? { missing: error } : {};
  }
}

/** Whether all requests fail for the same reason: GitHub does not answer, or refuses the token. */
function concernsAll({ status }: GithubError): boolean {
  return status === undefined || status === 401;
}

async function runCheck([id, requirement, problem]: Check, repository: Repository): Promise<Finding> {
  try {
    const wrong = await problem(repository);
    return wrong === undefined ? { id, status: 'ok', text: requirement } : { id, status: 'wrong', text: wrong };
  } catch (error) {
    if (error instanceof Unknown) return { id, status: 'unknown', text: error.message };
    if (!(error instanceof GithubError) || concernsAll(error)) throw error;
    // For an administrator, 404 means that the setting does not exist. For a missing permission, GitHub answers 403, or also 404.
    return {
      id,
      status: error.status === 404 && repository.isAdministrator !== false ? 'wrong' : 'unknown',
      text: error.message,
    };
  }
}

/** Makes one line for each check, and a line with the counts. */
export function printFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ id, status, text }) => `${status.padEnd(7)}  ${id}: ${text}`);
  const count = (name: Finding['status']) => findings.filter(({ status }) => status === name).length;
  const advice = count('ok') === findings.length ? '' : '\ndocs/deploy.md says where each setting is.';
  return [...lines, `\n${count('ok')} ok, ${count('wrong')} wrong, ${count('unknown')} unknown.${advice}`].join('\n');
}

/** @returns 1 if a check is wrong, 3 if no check is wrong but a check is unknown, otherwise 0 */
export function exitStatusOf(findings: readonly Finding[]): number {
  const has = (name: Finding['status']) => findings.some(({ status }) => status === name);
  if (has('wrong')) return 1;
  return has('unknown') ? 3 : 0;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => (value ??= read());
}
