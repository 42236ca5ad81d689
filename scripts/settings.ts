/** Reads the settings of the project, as its app does. */
import { type LocationSettings, readLocation, readSettings, type Settings } from '../stacks/settings';
import { readProjectFile } from './project';

/** @throws SettingsError that lists all wrong settings */
export function projectSettings(): Settings {
  return readSettings(readProjectFile().context, process.env);
}

/** Reads only the settings that say where the deployment is. @throws SettingsError that lists the wrong ones of them */
export function projectLocation(): LocationSettings {
  return readLocation(readProjectFile().context, process.env);
}
