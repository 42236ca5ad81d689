/** What decides which files a bundle is made of, beside these files: paths whose change, or arrival, could make others of them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT, statOf } from '../cache/store.cjs';

export interface Probes {
  /** Absolute; the sources are among them, and folders, of which the names in them matter. Most have nothing there. */
  readonly paths: readonly string[];
  /** Whether these are all. Where tsconfig.json has `paths` or `baseUrl`, a file in any folder can stand before another. */
  readonly complete: boolean;
}

/** Read by esbuild in the folder of a file of ours and those above it; in packages it goes by package.json alone. */
const CONFIGURATION = ['tsconfig.json', 'jsconfig.json'];
/** An import without one finds a file with one of them, in this order, before it finds a folder (esbuild: `resolveExtensions`). */
const EXTENSIONS = ['.tsx', '.ts', '.jsx', '.js', '.css', '.json'];

const LOCK = path.join('node_modules', '.package-lock.json');

/** @param file or a folder; in packages only npm adds, changes and removes any, which .package-lock.json shows */
export function isInPackage(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`);
}

/** @param sources absolute paths of the files of a bundle */
export function probesOf(sources: readonly string[]): Probes {
  const paths = new Set(sources);
  const own = sources.filter((source) => !isInPackage(source));
  for (const folder of foldersOf(own)) paths.add(folder);
  for (const folder of above(foldersOf(sources))) paths.add(path.join(folder, 'package.json'));
  const folders = [...above(foldersOf(own))];
  const configurations = folders.flatMap((folder) => CONFIGURATION.map((name) => path.join(folder, name)));
  for (const file of configurations) paths.add(file);
  for (const folder of folders) {
    paths.add(path.join(folder, LOCK));
    for (const extension of EXTENSIONS) paths.add(folder + extension);
  }
  paths.add(path.join(ROOT, LOCK));
  return { complete: addBases(configurations, paths), paths: [...paths] };
}

function foldersOf(files: readonly string[]): string[] {
  return [...new Set(files.map((file) => path.dirname(file)))];
}

/** Folders, and all that they are in. */
function above(folders: readonly string[]): Set<string> {
  const all = new Set<string>();
  for (const start of folders) {
    for (let folder = start; !all.has(folder); folder = path.dirname(folder)) all.add(folder);
  }
  return all;
}

/**
 * Adds what the configurations extend, wherever it is or could be.
 * @returns whether that is all that they depend on
 */
function addBases(configurations: readonly string[], paths: Set<string>): boolean {
  let complete = true;
  const todo = configurations.filter(isFile);
  const done = new Set<string>();
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const text = withoutComments(readFileSync(file, 'utf8'));
    if (/"(paths|baseUrl)"\s*:/.test(text)) complete = false;
    for (const name of extendedBy(text)) {
      const places = placesOf(name, file);
      for (const place of places) paths.add(place);
      const bases = places.filter(isFile).filter((place) => path.basename(place) !== 'package.json');
      // Where its package.json says another name.
      if (bases.length === 0) complete = false;
      todo.push(...bases);
    }
  }
  return complete;
}

function extendedBy(text: string): string[] {
  const [, value = ''] = /"extends"\s*:\s*("(?:\\.|[^"\\])*"|\[[^\]]*\])/.exec(text) ?? [];
  return [...value.matchAll(/"(?:\\.|[^"\\])*"/g)].map(([name]) => JSON.parse(name) as string);
}

/** Comments in tsconfig.json are common; what stands in a string is none. */
function withoutComments(text: string): string {
  return text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1');
}

/** Where a base can be, given the file that names it: a path, or a package and a file in it. */
function placesOf(name: string, file: string): string[] {
  const folder = path.dirname(file);
  const names = ['', '.json', '/tsconfig.json', '/package.json'].map((ending) => name + ending);
  if (/^\.{1,2}([\\/]|$)/.test(name) || path.isAbsolute(name)) return names.map((one) => path.resolve(folder, one));
  const places = [...above([folder])].flatMap((one) => names.map((each) => path.join(one, 'node_modules', each)));
  try {
    // By the `exports` of the package.
    places.push(createRequire(file).resolve(name));
  } catch {
    // It has none.
  }
  return places;
}

function isFile(file: string): boolean {
  return statOf(file)?.isFile() ?? false;
}
