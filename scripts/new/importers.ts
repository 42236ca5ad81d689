/** Finds the files that import an API. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../project';

const SOURCES = ['stacks', 'scripts', 'bench', 'function'];
const TESTS = ['__tests__'];

/** Matches the path of an import statement. Tests contain imports in texts too, but only a statement starts its line. */
const IMPORT = /^(?:import|export|\}) .*from '(\.[^']+)'|^import '(\.[^']+)'/gm;

/** Finds the files outside of `__tests__` with an import of the API. */
export function sourcesThatImport(name: string): string[] {
  return [...importsOf(SOURCES)]
    .filter(([, paths]) => paths.some((file) => belongsTo(file, name)))
    .map(([file]) => file);
}

/** Finds the files of `__tests__` that import the API, also through other files of `__tests__`. */
export function testsThatImport(name: string): string[] {
  const imports = importsOf(TESTS);
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [file, paths] of imports)
      if (paths.some((imported) => belongsTo(imported, name) || found.has(`${imported}.ts`))) found.add(file);
  }
  return [...found].sort();
}

function belongsTo(file: string, name: string): boolean {
  return `${file}/`.startsWith(`function/${name}/`);
}

/** Returns the imported paths of each file, relative to the project and without `.ts`. */
function importsOf(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    folders
      .flatMap(filesIn)
      .map((file) => [
        file,
        [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(IMPORT)].map(([, from, sideEffect]) =>
          path.posix.join(path.posix.dirname(file), from ?? sideEffect ?? ''),
        ),
      ]),
  );
}

function filesIn(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')));
}
