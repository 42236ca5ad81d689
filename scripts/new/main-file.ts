/** Edits the list of APIs in main.ts. */
import { identifierOf } from './api-name';

/** Matches the list of APIs. An empty list has a type annotation, because TypeScript infers `any[]`. */
const LIST = /^const APIS(?:: \[\])? = \[([\w\s,]*)\];$/m;
const CONTRACT_IMPORT = /^import \{ \w+ \} from '\.\/function\/[\w-]+\/contract';\n/gm;
const MAX_LINE = 120;

/** Adds an API to the text of main.ts, if it is not there. @throws Error when main.ts has no list */
export function withApi(text: string, name: string): string {
  const names = listed(text);
  const identifier = identifierOf(name);
  const line = importOf(name);
  const imports = [...new Set([...(text.match(CONTRACT_IMPORT) ?? []), line])].sort();
  return withList(withImports(text, imports), names.includes(identifier) ? names : [...names, identifier].sort());
}

/** Removes an API from the text of main.ts. @throws Error when main.ts has no list */
export function withoutApi(text: string, name: string): string {
  const names = listed(text).filter((listedName) => listedName !== identifierOf(name));
  const imports = (text.match(CONTRACT_IMPORT) ?? []).filter((line) => line !== importOf(name));
  return withList(withImports(text, imports), names);
}

function importOf(name: string): string {
  return `import { ${identifierOf(name)} } from './function/${name}/contract';\n`;
}

function listed(text: string): string[] {
  const [, names] = LIST.exec(text) ?? [];
  if (names !== undefined) return names.split(',').flatMap((name) => name.trim() || []);
  throw new Error(
    'main.ts has no line `const APIS = [...];` with names of contracts. Write the list in this form, and repeat the command; or ' +
      'import the contract in main.ts yourself.',
  );
}

/** Replaces the imports of contracts, in the place of the first of them. Without one, adds them above the first import. */
function withImports(text: string, imports: readonly string[]): string {
  const start = text.search(CONTRACT_IMPORT) < 0 ? Math.max(text.search(/^import /m), 0) : text.search(CONTRACT_IMPORT);
  const rest = text.slice(start).replace(CONTRACT_IMPORT, '');
  return text.slice(0, start) + imports.join('') + rest;
}

function withList(text: string, names: readonly string[]): string {
  return text.replace(LIST, listOf(names));
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'const APIS: [] = [];';
  const line = `const APIS = [${names.join(', ')}];`;
  return line.length <= MAX_LINE ? line : `const APIS = [\n${names.map((name) => `  ${name},\n`).join('')}];`;
}
