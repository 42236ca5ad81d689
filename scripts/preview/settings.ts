/** Reads the settings of a preview. */
import { hasPreviews, previewEnvironment } from '../../stacks/previews';
import { definitions, readSettings, type Settings } from '../../stacks/settings';
import { readProjectFile } from '../project';

/** An environment has at most 12 characters, three of them `pr-`. */
const NUMBER = /^[1-9]\d{0,8}$/;

/** @throws Error unless the text is the number of a pull request */
export function readPullRequest(text: string | undefined): number {
  if (text !== undefined && NUMBER.test(text)) return Number(text);
  throw new Error(`${JSON.stringify(text)} is not the number of a pull request. Pass a number from 1 to 999999999.`);
}

/** Makes the environment variables with which a command uses the settings of a preview. */
export function previewVariables(pullRequest: number): Record<string, string> {
  return { [definitions.environment.variable]: previewEnvironment(pullRequest) };
}

/**
 * Reads the settings of a preview.
 * @throws SettingsError that lists all wrong settings
 * @throws Error when a setting that previews need is missing
 */
export function previewSettings(
  pullRequest: number,
  { context, environment }: Sources = { context: readProjectFile().context, environment: process.env },
): Settings {
  const settings = readSettings(context, { ...environment, ...previewVariables(pullRequest) });
  refuseMissing(settings);
  return settings;
}

/** Where settings come from: the context of cdktf.json, and environment variables. */
export interface Sources {
  readonly context: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** @throws Error that lists the missing settings */
function refuseMissing({ previews, stateBucket, permissionsBoundary }: Settings): void {
  const missing = [
    ...(hasPreviews(previews) ? [] : ['previews is OFF']),
    ...(stateBucket === '' ? ['stateBucket is empty'] : []),
    ...(permissionsBoundary === '' ? ['permissionsBoundary is empty'] : []),
  ];
  if (missing.length === 0) return;
  throw new Error(
    `A preview cannot be deployed or destroyed: ${missing.join(', ')}. Run npm run bootstrap with the setting previews, and ` +
      'add the settings that it prints: see "Previews of pull requests" in docs/deploy.md.',
  );
}
