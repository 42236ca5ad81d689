/** The location of the project, and of its examples. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of the project's folder, which has cdktf.json. */
export const ROOT = path.join(__dirname, '..');

/** Lists the apps in `examples/`: folders with a cdktf.json, for example `examples/orders`. */
export function exampleApps(): string[] {
  const folder = path.join(ROOT, 'examples');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'cdktf.json')));
  return names.sort().map((name) => `examples/${name}`);
}
