/** The checklist that bootstrap prints at its end: what is done, and what remains by hand in the AWS account and on GitHub. */
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
  /** Whether cdktf.json has all settings that bootstrap found. */
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
    hasSettings
      ? { status: 'done', text: 'Settings: cdktf.json has all settings that bootstrap found' }
      : { status: 'to do', text: 'Settings: add the settings above to cdktf.json, and commit them' },
    logRoleItem(logRole, settings.region),
    ...account,
    ...(settings.githubRepository === '' ? [] : repositoryItems(settings.githubRepository, findings)),
  ];
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

/** What no API can find out. */
export function checksByHand({ githubRepository, alarmEmail, domain }: Settings): string[] {
  return [
    ...(githubRepository === ''
      ? []
      : [
          "GitHub: the reviewers of the environment read the plan on the page of the workflow's run",
          'GitHub: everyone with write access uses two-factor authentication',
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
