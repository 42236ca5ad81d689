/** Names of the project's resources. A project may set the prefix and the environment in cdktf.json. */
import { projectSettings } from '../../scripts/settings';
import { resourceName } from '../../stacks/names';

/**
 * Makes the name of a resource with the settings of the project.
 * @param environment @default the setting
 * @example nameOf('http-crud-tutorial', 'items'); // acme-http-crud-tutorial-items with the prefix `acme`
 */
export function nameOf(start: string, end?: string, environment?: string): string {
  const settings = projectSettings();
  return resourceName({ ...settings, environment: environment ?? settings.environment }, start, end);
}
