/** Reads the settings of the project, as its app does. */
import { readSettings, type Settings } from '../stacks/settings';
import { readProjectFile } from './project';

/** @throws SettingsError that lists all wrong settings */
export function projectSettings(): Settings {
  return readSettings(readProjectFile().context, process.env);
}
