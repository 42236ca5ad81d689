/** Reads and checks the settings of a deployment, from the context of cdktf.json and environment variables. */
import { didYouMean } from '../constructs/contract-check/suggest';
import { runtimeConflicts } from './aws-provider';
import { forPreview, isPreview } from './previews';
import { settingConflicts } from './setting-conflicts';
import { definitions } from './setting-definitions';
import { defaultOf, type Definition, type Profile, type Settings } from './setting-types';

export { definitions, PREFIX_TAG } from './setting-definitions';
export type { Profile, Settings } from './setting-types';

/** Context keys of CDKTF, of CDK Terrain and of their command lines. They are not settings. */
const CDKTF_CONTEXT =
  /^(cdktf.*|excludeStackIdFromLogicalIds|allowSepCharsInLogicalIds|targetVersions|failOnConstructsOutsideOfStacks|canonicalAssetHashes)$/;

/** Reports all wrong settings. The message has a line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    const summary = problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`;
    super([`${summary}; nothing was synthesized.`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/** The settings that say where a deployment is. */
export type LocationSettings = Pick<Settings, 'region' | 'environment' | 'namePrefix' | 'stateBucket'>;

type Context = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings. An environment variable overrides the context, unless the variable is empty. A preview replaces some of them:
 * see `forPreview`.
 * @param context the context of cdktf.json
 * @throws SettingsError that lists all wrong settings, and all settings that the profile `production` requires
 */
export function readSettings(context: Context, environment: Environment): Settings {
  const profile = profileOf(context, environment);
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const { source, input } = inputOf(name, definition, context, environment);
    const result = input === undefined ? { value: defaultOf<unknown>(definition, profile) } : definition.parse(input);
    if ('value' in result) settings[name] = result.value;
    else problems.push(`${name} (${source}) is ${JSON.stringify(input)}; it must be ${result.expected}.`);
  }
  for (const name of Object.keys(context)) {
    if (Object.hasOwn(definitions, name) || CDKTF_CONTEXT.test(name)) continue;
    const names = Object.keys(definitions);
    const hint = didYouMean(name, names) || `. The settings are ${names.join(', ')}.`;
    problems.push(`${name} (context of cdktf.json) is not a setting${hint}`);
  }
  problems.push(...settingConflicts(settings), ...runtimeConflicts(settings));
  if (profile === 'production') problems.push(...missingInProduction(settings));
  if (problems.length > 0) throw new SettingsError(problems);
  const all = settings as unknown as Settings;
  return isPreview(all) ? forPreview(all) : all;
}

/**
 * Reads the settings that say where a deployment is, for commands that must work when other settings are wrong or missing.
 * @throws SettingsError that lists the wrong ones of these settings
 */
export function readLocation(context: Context, environment: Environment): LocationSettings {
  const problems: string[] = [];
  const read = <K extends keyof LocationSettings>(name: K): Settings[K] => {
    const definition: Definition<Settings[K]> = definitions[name];
    const { source, input } = inputOf(name, definition, context, environment);
    const result = input === undefined ? { value: definition.default } : definition.parse(input);
    if ('value' in result) return result.value;
    problems.push(`${name} (${source}) is ${JSON.stringify(input)}; it must be ${result.expected}.`);
    return definition.default;
  };
  const location = {
    region: read('region'),
    environment: read('environment'),
    namePrefix: read('namePrefix'),
    stateBucket: read('stateBucket'),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return location;
}

/**
 * Reads the profile alone, for checks that also report their faults when other settings are wrong. A preview has the profile
 * `development`.
 */
export function profileOf(context: Context, environment: Environment): Profile {
  const valueOf = <K extends keyof Settings>(name: K): Settings[K] => {
    const definition: Definition<Settings[K]> = definitions[name];
    const { input } = inputOf(name, definition, context, environment);
    const result = input === undefined ? undefined : definition.parse(input);
    return result && 'value' in result ? result.value : definition.default;
  };
  const preview = isPreview({ previews: valueOf('previews'), environment: valueOf('environment') });
  return preview ? 'development' : valueOf('profile');
}

function inputOf(name: string, { variable }: Definition<unknown>, context: Context, environment: Environment) {
  const text = environment[variable];
  return text
    ? { source: `environment variable ${variable}`, input: text }
    : { source: 'context of cdktf.json', input: context[name] };
}

/** Lists the settings with a value that the profile `production` refuses. @param settings without the settings that are wrong */
function missingInProduction(settings: Context): string[] {
  return Object.entries<Definition<unknown>>(definitions).flatMap(([name, { default: refused, productionDemand }]) => {
    const value = settings[name];
    if (productionDemand === undefined || !isMissing(value, refused)) return [];
    return [`${name} is ${value === '' ? 'empty' : String(value)}, but profile is production; ${productionDemand}.`];
  });
}

/** Whether a required setting is not set. For the maximum of units, -1 is none too. */
function isMissing(value: unknown, refused: unknown): boolean {
  return value === refused || (typeof value === 'number' && typeof refused === 'number' && value < refused);
}
