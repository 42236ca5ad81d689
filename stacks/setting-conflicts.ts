/** Checks settings that depend on each other. */
import { type AlarmNames, equalNames, nameEnd } from '../constructs/monitoring/alarm-kinds';
import { isPreviewEnvironment } from './previews';

/** The settings that depend on each other. */
type LinkedSettings = Readonly<
  Record<
    | 'githubRepository'
    | 'namePrefix'
    | 'githubRepositoryId'
    | 'githubOwnerId'
    | 'region'
    | 'stateKmsKey'
    | 'domain'
    | 'hostedZone'
    | 'alarmEmail'
    | 'canary',
    string
  > &
    Record<'monthlyBudgetUsd', number> &
    Record<'alarmNames', AlarmNames> &
    Record<'tableNames', Readonly<Record<string, string>>> &
    Record<'previews', boolean> &
    Record<'environment', string>
>;

/**
 * Returns a message for each combination of settings that is not allowed.
 * @param settings the settings; a setting with a wrong value is undefined, and in no conflict
 */
export function settingConflicts(settings: Partial<LinkedSettings>): string[] {
  const { githubRepository, namePrefix, githubRepositoryId, githubOwnerId, region, stateKmsKey } = settings;
  const { domain, hostedZone } = settings;
  const conflicts: string[] = [];
  if (githubRepository !== undefined && githubRepository !== '' && namePrefix === '') {
    conflicts.push(
      "namePrefix is empty, but githubRepository is set; with a repository it must not be empty: the pipeline's permissions are " +
        'limited to names with the prefix.',
    );
  }
  const ids = [githubRepositoryId, githubOwnerId];
  if (!ids.includes(undefined) && (githubRepositoryId === '') !== (githubOwnerId === '')) {
    const [present, missing] =
      githubOwnerId === '' ? ['githubRepositoryId', 'githubOwnerId'] : ['githubOwnerId', 'githubRepositoryId'];
    conflicts.push(
      `${missing} is empty, but ${present} is set; set both, or none: gh api repos/OWNER/NAME --jq '.owner.id,.id' prints them.`,
    );
  }
  if (domain !== undefined && hostedZone !== undefined && (domain === '') !== (hostedZone === '')) {
    const [present, missing] = domain === '' ? ['hostedZone', 'domain'] : ['domain', 'hostedZone'];
    conflicts.push(`${missing} is empty, but ${present} is set; set both, or none.`);
  }
  const keyRegion = stateKmsKey?.split(':')[3];
  if (keyRegion !== undefined && region !== undefined && keyRegion !== region) {
    conflicts.push(
      `stateKmsKey is a key of ${keyRegion}, but region is ${region}; set a key of ${region}: S3 encrypts a bucket only with a key ` +
        'of its region.',
    );
  }
  const { alarmEmail, monthlyBudgetUsd = 0 } = settings;
  if (monthlyBudgetUsd > 0 && alarmEmail === '') {
    conflicts.push(
      `alarmEmail is empty, but monthlyBudgetUsd is ${monthlyBudgetUsd}; set the address that gets the mails of the budget.`,
    );
  }
  const { alarmNames = {} } = settings;
  const equal = equalNames(alarmNames);
  if (equal) {
    conflicts.push(
      `alarmNames gives the alarms ${equal.join(' and ')} the same name, ${nameEnd(equal[0], alarmNames)}; choose different names.`,
    );
  }
  const { tableNames = {} } = settings;
  for (const [stack, name] of Object.entries(tableNames)) {
    if (namePrefix === undefined || namePrefix === '' || name.startsWith(`${namePrefix}-`)) continue;
    conflicts.push(
      `tableNames.${stack} is ${name}, but namePrefix is ${namePrefix}; restore the table with a name that starts with ` +
        `${namePrefix}-: the functions may use only such tables.`,
    );
  }
  const { canary = 'NONE' } = settings;
  if (canary !== 'NONE' && alarmEmail === '') {
    conflicts.push(
      `alarmEmail is empty, but canary is ${canary}; set the address that gets the alarms: CodeDeploy moves a function back when an ` +
        'alarm starts.',
    );
  }
  return [...conflicts, ...previewConflicts(settings)];
}

function previewConflicts({ previews, githubRepository, environment = '' }: Partial<LinkedSettings>): string[] {
  if (previews !== true) return [];
  const conflicts: string[] = [];
  if (githubRepository === '')
    conflicts.push(
      'githubRepository is empty, but previews is true; set the repository whose pull requests get previews.',
    );
  if (/^pr(-|$)/.test(environment) && !isPreviewEnvironment(environment)) {
    conflicts.push(
      `environment is ${environment}, but previews is true; set an environment that does not start with pr: the preview role may ` +
        'change the resources whose names contain -pr-.',
    );
  }
  return conflicts;
}
