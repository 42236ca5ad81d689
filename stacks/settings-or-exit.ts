/** Settings for main.ts: faulty ones end it with their list, and no stack trace to search through. */
import { readSettings, type Settings, SettingsError } from './settings';

export function settingsOrExit(...sources: Parameters<typeof readSettings>): Settings {
  try {
    return readSettings(...sources);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
