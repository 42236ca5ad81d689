/** Previews: deployments of pull requests. The preview of the pull request 7 has the environment `pr-7`. */
import { pipelineName } from './names';
import type { PreviewsSetting, Settings } from './setting-types';

/** An environment has at most 12 characters. */
const PREVIEW_ENVIRONMENT = /^pr-[1-9]\d{0,8}$/;

/** Days until logs of a preview expire. */
const LOG_RETENTION_DAYS = 3;

/** Maximum read units and write units of each table in a second. Everybody who reads the pull request can call the APIs. */
const MAX_UNITS = 50;

/** Maximum rate, in requests a second, and burst, in requests, of each route. */
const MAX_THROTTLE = 20;

/** Settings that are off in a preview: features whose resources the preview role may not use, mails, cost, and tables of production. */
const OFF = {
  deletionProtection: false,
  reservedConcurrency: '',
  alarmEmail: '',
  monthlyBudgetUsd: 0,
  domain: '',
  hostedZone: '',
  backup: false,
  canary: 'NONE',
  keepDefaultEndpoint: false,
  kmsKey: 'AWS',
  tableNames: {},
} as const satisfies Partial<Settings>;

/** The environments of all previews, as a pattern of IAM. */
export const PREVIEW_ENVIRONMENTS = 'pr-*';

/** The environment on GitHub whose jobs may assume the preview role. preview.yml and preview-sweep.yml name it. */
export const PREVIEW_GITHUB_ENVIRONMENT = 'preview';

/** The kinds of a preview's role and boundary in `pipelineName`. */
export const PREVIEW_ROLE = 'preview';
export const PREVIEW_BOUNDARY = 'preview-boundary';

/**
 * Makes the environment of a pull request's preview.
 * @param pullRequest the number of the pull request, at most 9 digits: an environment has at most 12 characters
 * @example previewEnvironment(7); // 'pr-7'
 */
export function previewEnvironment(pullRequest: number): string {
  return `pr-${pullRequest}`;
}

/** Whether an environment has the name of a preview. */
export function isPreviewEnvironment(environment: string): boolean {
  return PREVIEW_ENVIRONMENT.test(environment);
}

/** Whether the setting `previews` turns previews on. @param previews undefined when the setting has a wrong value */
export function hasPreviews(previews: PreviewsSetting | undefined): boolean {
  return previews !== undefined && previews !== 'OFF';
}

/** Whether the settings are those of a preview. Without the setting `previews`, `pr-7` is an environment like any other. */
export function isPreview({ previews, environment }: Partial<Pick<Settings, 'previews' | 'environment'>>): boolean {
  return hasPreviews(previews) && environment !== undefined && isPreviewEnvironment(environment);
}

/**
 * Changes the settings for a preview: its requests and logs are limited, it sends no mails, and it can be deleted. These values replace
 * those of cdktf.json and of the environment variables. Lower limits of the project stay. The boundary is the one of previews, in the
 * account of the setting `permissionsBoundary`.
 */
export function forPreview(settings: Settings): Settings {
  const { logRetentionDays, permissionsBoundary, throttleRate, throttleBurst } = settings;
  return {
    ...settings,
    ...OFF,
    profile: 'development',
    maxReadUnits: limitUnits(settings.maxReadUnits),
    maxWriteUnits: limitUnits(settings.maxWriteUnits),
    throttleRate: Math.min(throttleRate, MAX_THROTTLE),
    throttleBurst: Math.min(throttleBurst, MAX_THROTTLE),
    logRetentionDays: Math.min(logRetentionDays, LOG_RETENTION_DAYS),
    permissionsBoundary: permissionsBoundary.replace(
      /:policy\/.*$/,
      `:policy/${pipelineName(settings, PREVIEW_BOUNDARY)}`,
    ),
  };
}

/** @param units the setting: 0 and -1 are no maximum */
function limitUnits(units: number): number {
  return units > 0 ? Math.min(units, MAX_UNITS) : MAX_UNITS;
}

/** Returns the settings that the resources of an account need: those of previews, when the account contains only previews. */
export function accountSettings(settings: Settings): Settings {
  return settings.previews === 'OWN_ACCOUNT' ? forPreview(settings) : settings;
}
