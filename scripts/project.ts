/** The location and the cdktf.json of the project, and the locations of its examples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of the project's folder, which has cdktf.json. */
export const ROOT = path.join(__dirname, '..');

/** The part of cdktf.json that the scripts read. */
export interface ProjectFile {
  /** The command that runs the app. */
  readonly app: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Modules for `cdktf get`: `./modules/queue`, or `{ name, source }`. Not checked. */
  readonly terraformModules: unknown;
}

/** Reads cdktf.json. @param root the folder with the file @throws Error with the file's path when it is not readable JSON */
export function readProjectFile(root = ROOT): ProjectFile {
  const file = path.join(root, 'cdktf.json');
  try {
    const {
      app,
      context = {},
      terraformModules,
    } = JSON.parse(readFileSync(file, 'utf8')) as Pick<ProjectFile, 'app'> & Partial<ProjectFile>;
    return { app, context: { ...context }, terraformModules };
  } catch (error) {
    if (!existsSync(file)) throw new Error(`There is no ${file}. Pass the folder of an app, such as examples/orders.`);
    throw new Error(`${file} cannot be read: ${(error as Error).message}. Correct the file.`);
  }
}

/** Lists the apps in `examples/`: folders with a cdktf.json, for example `examples/orders`. */
export function exampleApps(): string[] {
  const folder = path.join(ROOT, 'examples');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'cdktf.json')));
  return names.sort().map((name) => `examples/${name}`);
}
