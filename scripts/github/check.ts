/** Runs the checks of the repository's settings on GitHub, and prints their findings. */
import { type Github, GithubError } from './api';
import { readBranchRules } from './branch-rules';
import { BRANCH, type Check, CHECKS, type Environment, type Repository, Unknown } from './repository-checks';

export interface Finding {
  readonly id: string;
  readonly status: 'ok' | 'wrong' | 'unknown';
  /** The requirement for `ok`, the problem for `wrong`, the reason for `unknown`. */
  readonly text: string;
}

/** Runs all checks. @param environmentName the environment that deployments wait for */
export async function checkRepository(github: Github, environmentName: string): Promise<Finding[]> {
  const repository: Repository = {
    github,
    environmentName,
    environment: once(() => github.send<Environment>('GET', `/environments/${encodeURIComponent(environmentName)}`)),
    rules: once(() => readBranchRules(github, BRANCH)),
  };
  return Promise.all(CHECKS.map((check) => runCheck(check, repository)));
}

async function runCheck([id, requirement, problem]: Check, repository: Repository): Promise<Finding> {
  try {
    const wrong = await problem(repository);
    return wrong === undefined ? { id, status: 'ok', text: requirement } : { id, status: 'wrong', text: wrong };
  } catch (error) {
    if (error instanceof Unknown) return { id, status: 'unknown', text: error.message };
    if (!(error instanceof GithubError)) throw error;
    // 404 means that the setting does not exist. For a missing permission, GitHub mostly answers 403.
    return { id, status: error.status === 404 ? 'wrong' : 'unknown', text: error.message };
  }
}

/** Makes one line for each check, and a line with the counts. */
export function printFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ id, status, text }) => `${status.padEnd(7)}  ${id}: ${text}`);
  const count = (name: Finding['status']) => findings.filter(({ status }) => status === name).length;
  const advice = count('ok') === findings.length ? '' : '\ndocs/deploy.md says where each setting is.';
  return [...lines, `\n${count('ok')} ok, ${count('wrong')} wrong, ${count('unknown')} unknown.${advice}`].join('\n');
}

/** @returns 0 when all settings are met, 1 when one is wrong, and 3 when none is wrong but one is unknown */
export function exitStatusOf(findings: readonly Finding[]): number {
  const has = (name: Finding['status']) => findings.some(({ status }) => status === name);
  if (has('wrong')) return 1;
  return has('unknown') ? 3 : 0;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => (value ??= read());
}
