/** Reads the settings of the project, as its app does. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSettings, type Settings } from '../stacks/settings';
import { ROOT } from './project';

/** @throws SettingsError that lists all wrong settings */
export function projectSettings(): Settings {
  const { context = {} } = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8')) as {
    context?: Record<string, unknown>;
  };
  return readSettings(context, process.env);
}
