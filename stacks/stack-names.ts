/** Checks the names of stacks in settings that have a value for each stack. */
import { didYouMean } from '../constructs/contract-check/suggest';
import type { Api } from '../function/contract/api';
import { authOf, routesOf } from '../function/contract/model';
import { SettingsError, type Settings } from './settings';

/**
 * Refuses a stack that the app does not have, and API keys for an API without them: such a setting would have no effect.
 * @throws SettingsError that lists all wrong names
 */
export function checkStackNames({ apiKeys, tableNames }: Settings, contracts: readonly Api[]): void {
  const names = contracts.map(({ name }) => name);
  const withKeys = contracts.filter(hasApiKey).map(({ name }) => name);
  const problems = [
    ...Object.keys(tableNames)
      .filter((stack) => !names.includes(stack))
      .map((stack) => `tableNames names ${stack}, which is no stack of this app${hint(stack, names)}`),
    ...Object.keys(apiKeys)
      .filter((stack) => !withKeys.includes(stack))
      .map((stack) => `apiKeys names ${stack}, which is no stack with API keys${hint(stack, withKeys)}`),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
}

function hasApiKey(api: Api): boolean {
  return routesOf(api).some(({ route }) => authOf(api, route) === 'apiKey');
}

function hint(name: string, names: readonly string[]): string {
  return didYouMean(name, names) || `. Such stacks are: ${names.join(', ') || 'none'}.`;
}
