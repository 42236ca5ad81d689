/** Reads and checks the settings of a deployment, from the context of cdktf.json and environment variables. */
import { didYouMean } from '../constructs/contract-check/suggest';
import { settingConflicts } from './setting-conflicts';
import { definitions, type Settings } from './setting-definitions';

export { definitions, PREFIX_TAG, type Settings } from './setting-definitions';

/** Context keys of CDKTF and its command line. They are not settings. */
const CDKTF_CONTEXT = /^(cdktf|excludeStackIdFromLogicalIds$|allowSepCharsInLogicalIds$)/;

/** Reports all wrong settings. The message has a line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    const summary = problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`;
    super([`${summary}; nothing was synthesized.`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/**
 * Reads the settings. An environment variable overrides the context, unless the variable is empty.
 * @param context the context of cdktf.json
 * @throws SettingsError that lists all wrong settings
 */
export function readSettings(
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const variable = environment[definition.variable];
    const [source, input] = variable
      ? [`environment variable ${definition.variable}`, variable]
      : ['context of cdktf.json', context[name]];
    const result = input === undefined ? { value: definition.default } : definition.parse(input);
    if ('value' in result) settings[name] = result.value;
    else problems.push(`${name} (${source}) is ${JSON.stringify(input)}; it must be ${result.expected}.`);
  }
  for (const name of Object.keys(context)) {
    if (Object.hasOwn(definitions, name) || CDKTF_CONTEXT.test(name)) continue;
    const names = Object.keys(definitions);
    const hint = didYouMean(name, names) || `. The settings are ${names.join(', ')}.`;
    problems.push(`${name} (context of cdktf.json) is not a setting${hint}`);
  }
  problems.push(...settingConflicts(settings));
  if (problems.length > 0) throw new SettingsError(problems);
  return settings as unknown as Settings;
}
