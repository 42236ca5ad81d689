/** The checklist that bootstrap prints at its end: what is done, and what remains by hand in the AWS account and on GitHub. */
import { accountSettings } from '../../stacks/previews';
import type { Settings } from '../../stacks/settings';
import type { Finding } from '../github/check';
import type { FoundLogRole } from './log-role';

export interface ChecklistItem {
  readonly status: 'done' | 'to do' | 'unknown';
  readonly text: string;
}

/** What bootstrap found. */
export interface ChecklistFacts {
  readonly bucket: string;
  /** Whether cdktf.json has all settings that bootstrap found. With `previews: OWN_ACCOUNT`, cdktf.json stays as it is. */
  readonly hasSettings: boolean;
  /** The role for access logs, or the error of the attempt to read it. */
  readonly logRole: FoundLogRole | Error;
  /** What was found in the AWS account. */
  readonly account: readonly ChecklistItem[];
  /** Findings of `npm run github -- check`, or the error of the check; undefined without a token. */
  readonly findings: readonly Finding[] | Error | undefined;
}

/** Makes the checklist of what can be found out. */
export function checklist(settings: Settings, facts: ChecklistFacts): ChecklistItem[] {
  const { bucket, hasSettings, logRole, account, findings } = facts;
  return [
    { status: 'done', text: `State bucket: ${bucket}` },
    ...(settings.previews === 'OWN_ACCOUNT'
      ? previewSettingsItems(findings)
      : [settingsItem(hasSettings), logRoleItem(logRole, settings.region)]),
    ...account,
    ...(settings.githubRepository === '' ? [] : repositoryItems(settings.githubRepository, findings)),
  ];
}

function settingsItem(hasSettings: boolean): ChecklistItem {
  return hasSettings
    ? { status: 'done', text: 'Settings: cdktf.json has all settings that bootstrap found' }
    : { status: 'to do', text: 'Settings: add the settings above to cdktf.json, and commit them' };
}

/** @returns no item when the findings about the repository have the variables */
function previewSettingsItems(findings: ChecklistFacts['findings']): ChecklistItem[] {
  if (Array.isArray(findings)) return [];
  const text = 'Settings: set the variables above on GitHub, and leave cdktf.json as it is';
  return [{ status: 'unknown', text }];
}

function logRoleItem(logRole: FoundLogRole | Error, region: string): ChecklistItem {
  if (logRole instanceof Error) return { status: 'unknown', text: `Role for access logs: ${logRole.message}` };
  const { arn, owner } = logRole;
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

function repositoryItems(repository: string, findings: ChecklistFacts['findings']): ChecklistItem[] {
  if (findings instanceof Error) return [{ status: 'unknown', text: `GitHub: ${findings.message}` }];
  if (findings) {
    return findings.map(({ id, status, text }) => ({
      status: STATUS[status],
      // The id `all` stands for a repository that could not be read.
      text: `GitHub${id === 'all' ? '' : `, ${id}`}: ${text}`,
    }));
  }
  const advice = `set GITHUB_TOKEN to the token of an administrator of ${repository}, and run npm run github -- check`;
  return [{ status: 'unknown', text: `GitHub: ${advice}` }];
}

/**
 * Lists what no API can find out.
 * @param tokenStacks stacks whose smoke test needs a token: see `stacksWithTokens`
 */
export function checksByHand(settings: Settings, tokenStacks: readonly string[]): string[] {
  const { githubRepository, githubEnvironment, alarmEmail, domain, previews } = accountSettings(settings);
  return [
    ...(githubRepository === ''
      ? []
      : [
          "GitHub: the reviewers of the environment read the plan on the page of the workflow's run",
          'GitHub: everyone with write access uses two-factor authentication',
        ]),
    // Smoke tests of previews skip stacks that need a token.
    ...(githubRepository === '' || previews === 'OWN_ACCOUNT' || tokenStacks.length === 0
      ? []
      : [
          `GitHub: the smoke test of ${tokenStacks.join(', ')} gets a token, from the secret SMOKE_TOKEN of the environment ` +
            `${githubEnvironment}, or from a step of deploy.yml`,
        ]),
    ...(alarmEmail === '' ? [] : [`Mails: somebody reads the mails to ${alarmEmail}`]),
    ...(domain === '' ? [] : [`Domain: the name servers of ${domain} are those of the hosted zone`]),
  ];
}

/** Makes the text for a terminal. */
export function checklistText(items: readonly ChecklistItem[], byHand: readonly string[]): string {
  const lines = items.map(({ status, text }) => `  ${status.padEnd(7)}  ${text}`);
  const handLines = byHand.map((text) => `  ${text}`);
  return [
    ...['', 'Checklist (docs/deploy.md describes each item):', '', ...lines],
    ...(byHand.length === 0 ? [] : ['', 'Check by hand:', '', ...handLines]),
  ].join('\n');
}
