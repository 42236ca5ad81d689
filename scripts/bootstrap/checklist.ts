/** The checklist that bootstrap prints at its end: what is done, and what remains by hand in the AWS account and on GitHub. */
import type { Settings } from '../../stacks/settings';
import { apiOf, Github, tokenOf } from '../github/api';
import { checkRepository, type Finding } from '../github/check';
import type { FoundLogRole } from './log-role';

export interface ChecklistItem {
  readonly status: 'done' | 'to do' | 'unknown';
  readonly text: string;
}

export interface Done {
  readonly bucket: string;
  /** Whether cdktf.json has all settings that bootstrap found. */
  readonly hasSettings: boolean;
  readonly logRole: FoundLogRole;
  /** Findings of `npm run github -- check`; undefined without a token. */
  readonly findings: readonly Finding[] | undefined;
}

/** Checks the settings of the repository on GitHub. @returns undefined without a repository or a token */
export async function repositoryFindings(
  { githubRepository, githubOidcIssuer, githubEnvironment }: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Finding[] | undefined> {
  if (githubRepository === '' || !tokenOf(environment)) return undefined;
  const github = Github.fromEnvironment({
    GITHUB_API_URL: apiOf(githubOidcIssuer),
    ...environment,
    GITHUB_REPOSITORY: githubRepository,
  });
  return checkRepository(github, githubEnvironment);
}

/** Makes the checklist. */
export function checklist(settings: Settings, { bucket, hasSettings, logRole, findings }: Done): ChecklistItem[] {
  return [
    { status: 'done', text: `State bucket: ${bucket}` },
    hasSettings
      ? { status: 'done', text: 'Settings: cdktf.json has all settings that bootstrap found' }
      : { status: 'to do', text: 'Settings: add the settings above to cdktf.json, and commit them' },
    logRoleItem(logRole, settings.region),
    ...(settings.githubRepository === '' ? [] : repositoryItems(settings.githubRepository, findings)),
  ];
}

function logRoleItem({ arn, owner }: FoundLogRole, region: string): ChecklistItem {
  const advice = 'set apiGatewayLogRole to CREATE, and repeat npm run bootstrap. Without a role, AWS refuses REST APIs';
  if (owner === 'none')
    return { status: 'to do', text: `Role for access logs: API Gateway in ${region} has none; ${advice}` };
  if (owner === 'dead')
    return { status: 'to do', text: `Role for access logs: the role ${arn} does not exist any more; ${advice}` };
  return { status: 'done', text: `Role for access logs: ${arn}` };
}

const STATUS: Readonly<Record<Finding['status'], ChecklistItem['status']>> = {
  ok: 'done',
  wrong: 'to do',
  unknown: 'unknown',
};

function repositoryItems(repository: string, findings: readonly Finding[] | undefined): ChecklistItem[] {
  const found = findings?.map(({ id, status, text }) => ({ status: STATUS[status], text: `GitHub, ${id}: ${text}` }));
  return [
    ...(found ?? [
      {
        status: 'unknown' as const,
        text: `GitHub: set GITHUB_TOKEN to the token of an administrator of ${repository}, and run npm run github -- check`,
      },
    ]),
    {
      status: 'unknown',
      text: "GitHub: the reviewers of the environment read the plan on the page of the workflow's run",
    },
    { status: 'unknown', text: 'GitHub: everyone with write access uses two-factor authentication' },
  ];
}

/** Makes the text for a terminal. */
export function checklistText(items: readonly ChecklistItem[]): string {
  const lines = items.map(({ status, text }) => `  ${status.padEnd(7)}  ${text}`);
  return ['', 'Checklist (docs/deploy.md describes each item):', '', ...lines].join('\n');
}
