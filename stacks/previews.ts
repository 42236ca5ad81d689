/** Previews: deployments of pull requests. The preview of the pull request 7 has the environment `pr-7`. */
import { pipelineName } from './names';
import type { PreviewsSetting, Settings } from './setting-types';

/** An environment has at most 12 characters. */
const PREVIEW_ENVIRONMENT = /^pr-[1-9]\d{0,8}$/;

/** Days until logs of a preview expire. */
const LOG_RETENTION_DAYS = 3;

/** Features whose resources the preview role may not use, and tables of production. Names of settings that do not exist are ignored. */
const OFF: Readonly<Record<string, unknown>> = {
  backup: false,
  canary: 'NONE',
  keepDefaultEndpoint: false,
  kmsKey: 'AWS',
  tableNames: {},
};

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
 * Changes the settings for a preview: it costs little, sends no mails and can be deleted. These values replace those of cdktf.json
 * and of the environment variables. The boundary is the one of previews, in the account of the setting `permissionsBoundary`.
 */
export function forPreview(settings: Settings): Settings {
  const { logRetentionDays, permissionsBoundary } = settings;
  return {
    ...settings,
    ...Object.fromEntries(Object.entries(OFF).filter(([name]) => Object.hasOwn(settings, name))),
    profile: 'development',
    deletionProtection: false,
    reservedConcurrency: '',
    alarmEmail: '',
    monthlyBudgetUsd: 0,
    domain: '',
    hostedZone: '',
    logRetentionDays: Math.min(logRetentionDays, LOG_RETENTION_DAYS),
    permissionsBoundary: permissionsBoundary.replace(
      /:policy\/.*$/,
      `:policy/${pipelineName(settings, PREVIEW_BOUNDARY)}`,
    ),
  };
}
