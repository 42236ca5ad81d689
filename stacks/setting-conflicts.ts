/** Checks settings that depend on each other. */
import { type AlarmNames, equalNames, nameEnd } from '../constructs/monitoring/alarm-kinds';
import { PREDEFINED, shiftOf } from './canary-configs';
import { hasPreviews, isPreviewEnvironment, PREVIEW_GITHUB_ENVIRONMENT } from './previews';
import type { PreviewsSetting } from './setting-types';

/** The job `deploy` of the pipeline ends after 45 minutes, and also plans and applies. */
const MAX_CANARY_MINUTES = 30;

/** The settings that depend on each other. */
type LinkedSettings = Readonly<
  Record<
    | 'githubRepository'
    | 'namePrefix'
    | 'githubRepositoryId'
    | 'githubOwnerId'
    | 'githubEnvironment'
    | 'region'
    | 'stateKmsKey'
    | 'domain'
    | 'hostedZone'
    | 'alarmEmail'
    | 'canary'
    | 'logLevel'
    | 'kmsKey',
    string
  > &
    Record<'monthlyBudgetUsd', number> &
    Record<'alarmNames', AlarmNames> &
    Record<'tableNames', Readonly<Record<string, string>>> &
    Record<'previews', PreviewsSetting> &
    Record<'environment', string> &
    Record<'keepDefaultEndpoint' | 'backup', boolean>
>;

/**
 * Returns a message for each combination of settings that is not allowed.
 * @param settings the settings; a setting with a wrong value is undefined, and in no conflict
 */
export function settingConflicts(settings: Partial<LinkedSettings>): string[] {
  const { githubRepository, namePrefix, githubRepositoryId, githubOwnerId } = settings;
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
  if (settings.keepDefaultEndpoint === true && domain === '') {
    conflicts.push(
      "keepDefaultEndpoint is true, but domain is empty; set a domain, or leave keepDefaultEndpoint out: without a domain, API Gateway's " +
        'address is always open.',
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
  const { canary = 'NONE', alarmEmail } = settings;
  if (canary !== 'NONE' && alarmEmail === '') {
    conflicts.push(
      `alarmEmail is empty, but canary is ${canary}; set the address that gets the alarms: CodeDeploy moves a function back when an ` +
        'alarm starts.',
    );
  }
  const minutes = shiftOf(PREDEFINED + canary)?.minutes ?? 0;
  if (minutes > MAX_CANARY_MINUTES && settings.githubRepository !== undefined && settings.githubRepository !== '') {
    conflicts.push(
      `canary is ${canary}, which takes ${minutes} minutes, but githubRepository is ${settings.githubRepository}; set a configuration of ` +
        `at most ${MAX_CANARY_MINUTES} minutes: the job deploy of the pipeline ends after 45.`,
    );
  }
  conflicts.push(...keyConflicts(settings), ...monitoringConflicts(settings), ...previewConflicts(settings));
  return conflicts;
}

function previewConflicts(settings: Partial<LinkedSettings>): string[] {
  const { previews, githubRepository, githubEnvironment = '', environment = '' } = settings;
  if (!hasPreviews(previews)) return [];
  const conflicts: string[] = [];
  if (githubRepository === '')
    conflicts.push(
      `githubRepository is empty, but previews is ${previews}; set the repository whose pull requests get previews.`,
    );
  if (/^pr(-|$)/.test(environment) && !isPreviewEnvironment(environment)) {
    conflicts.push(
      `environment is ${environment}, but previews is ${previews}; set an environment other than pr that does not start with pr-: the ` +
        'preview role may change the resources whose names contain -pr-.',
    );
  }
  // GitHub ignores the case of the names of environments.
  if (githubEnvironment.toLowerCase() === PREVIEW_GITHUB_ENVIRONMENT) {
    conflicts.push(
      `githubEnvironment is ${githubEnvironment}, but previews is ${previews}; set another environment: code of pull requests runs in ` +
        `${PREVIEW_GITHUB_ENVIRONMENT}, and could assume the deploy role.`,
    );
  }
  return conflicts;
}

/** Conflicts of KMS keys. */
function keyConflicts({ region, stateKmsKey, kmsKey, backup }: Partial<LinkedSettings>): string[] {
  const regionOf = (arn: string | undefined) => arn?.split(':')[3];
  const wrong = Object.entries({ stateKmsKey, kmsKey }).filter(
    ([, arn]) => region !== undefined && regionOf(arn) !== undefined && regionOf(arn) !== region,
  );
  const conflicts = wrong.map(
    ([name, arn]) =>
      `${name} is a key of ${regionOf(arn)}, but region is ${region}; set a key of ${region}: AWS encrypts only with a key of the ` +
      "resource's region.",
  );
  if (backup === true && kmsKey === 'CREATE') {
    conflicts.push(
      'backup is true, but kmsKey is CREATE; set kmsKey to AWS or to the ARN of a key of your own: destroying a stack deletes the key ' +
        'that it created, and nobody could read the backups that remain.',
    );
  }
  return conflicts;
}

/** Levels at which the functions write no line for a request without a fault. */
const LEVELS_ABOVE_INFO = ['WARN', 'ERROR', 'FATAL'];

function monitoringConflicts(settings: Partial<LinkedSettings>): string[] {
  const { alarmEmail, monthlyBudgetUsd = 0, logLevel, alarmNames = {} } = settings;
  const conflicts: string[] = [];
  if (monthlyBudgetUsd > 0 && alarmEmail === '') {
    conflicts.push(
      `alarmEmail is empty, but monthlyBudgetUsd is ${monthlyBudgetUsd}; set the address that gets the mails of the budget.`,
    );
  }
  const equal = equalNames(alarmNames);
  if (equal) {
    conflicts.push(
      `alarmNames gives the alarms ${equal.join(' and ')} the same name, ${nameEnd(equal[0], alarmNames)}; choose different names.`,
    );
  }
  if (alarmEmail !== undefined && alarmEmail !== '' && logLevel !== undefined && LEVELS_ABOVE_INFO.includes(logLevel)) {
    conflicts.push(
      `logLevel is ${logLevel}, but alarmEmail is set; set INFO, DEBUG or TRACE: the metrics of the routes are in lines of the level INFO.`,
    );
  }
  return conflicts;
}
