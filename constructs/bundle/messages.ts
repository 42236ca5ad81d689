/** Writes esbuild's warnings and errors as text: each with its file and line, and with advice. */
import { isBuiltin } from 'node:module';
import type { Message } from 'esbuild';
import { BINARY_FILES, TEXT_FILES } from './file-types';
import { packageName, packageOf } from './installed-packages';

export const NATIVE_ADDON_ADVICE =
  'A native addon fits one operating system and one processor, and cannot be bundled. ' +
  'Use a package without one, for example bcryptjs in place of bcrypt.';

export interface FailedFunction {
  readonly entry: string;
  readonly errors: readonly Message[];
}

/** Reports functions that do not build. The message names their entries, and each error with its file and line. */
export class BundleError extends Error {
  override readonly name = 'BundleError';

  constructor(functions: readonly FailedFunction[]) {
    const entriesByErrors = new Map<string, string[]>();
    for (const { entry, errors } of functions) {
      const text = errors.map(errorText).join('\n');
      entriesByErrors.set(text, [...(entriesByErrors.get(text) ?? []), entry]);
    }
    const parts = [...entriesByErrors].map(([text, entries]) => `${headline(entries)}\n${text}`);
    super(parts.join('\n\n'));
  }
}

/** Names several entries when they share a faulty file, and so have the same errors. */
function headline(entries: readonly string[]): string {
  return `${entries.join(', ')} ${entries.length === 1 ? 'does' : 'do'} not build:`;
}

/** Writes one error: `function/items/index.ts:1:20: ERROR: Could not resolve "left-pad"`, then the advice. */
function errorText(error: Message): string {
  return messageText({ ...error, notes: notesOf(error) }, 'ERROR');
}

/**
 * Writes one warning: `function/items/index.ts:4:15: WARNING: Comparison with NaN ...`, then its notes.
 * @param entry names the function of a warning that has no file and line
 */
export function warningText(warning: Message, entry: string): string {
  return (warning.location ? '' : `${entry}: `) + messageText(warning, 'WARNING');
}

function messageText({ text, location, notes }: Message, level: string): string {
  const details = notes.map((note) => `  ${placeOf(note.location)}${note.text}`);
  return [`${placeOf(location)}${level}: ${text}`, ...details].join('\n');
}

/** Writes a place as file, line and column. Columns begin with 0, as in esbuild's own messages. */
function placeOf(location: Message['location']): string {
  return location ? `${location.file}:${location.line}:${location.column}: ` : '';
}

function notesOf(error: Message): Message['notes'] {
  const text = adviceFor(error);
  // esbuild's notes either name places in files, or suggest esbuild options that authors of functions cannot set.
  const places = error.notes.filter(({ location }) => location);
  return text === undefined ? error.notes : [...places, { text, location: null }];
}

/** Advises how to correct an error. @returns undefined when esbuild's own notes say it */
function adviceFor(error: Message): string | undefined {
  const [, name] = /^Could not resolve "(.+)"$/.exec(error.text) ?? [];
  if (name !== undefined) return unresolved(name, error);
  const [, type] = /^No loader is configured for "(.+)" files/.exec(error.text) ?? [];
  if (type !== undefined) return unknownFileType(type);
  return undefined;
}

function unresolved(name: string, { location, notes }: Message): string | undefined {
  if (!location) return 'Create this file, or correct the path of the entry.';
  if (/^(\.{1,2}($|\/)|\/)/.test(name)) return 'Create the file, or correct the path.';
  const package_ = packageName(name);
  if (package_ === undefined) {
    return 'Correct the name, or define the alias in `paths` of tsconfig.json or `imports` of package.json.';
  }
  if (name.includes(':') || isBuiltin(package_)) return `Remove the import: Node.js has no module "${name}".`;
  // A note with a place in package.json: the package is installed, but does not export this path.
  if (notes.some((note) => note.location)) return `Correct the path: see "exports" in the package.json of ${package_}.`;
  const importer = packageOf(location.file);
  const why = importer === undefined ? '' : `The package ${importer} imports it. `;
  return `${why}Run \`npm install ${package_}\`.`;
}

function unknownFileType(type: string): string {
  if (type === '.node') return NATIVE_ADDON_ADVICE;
  return (
    `A function can import TypeScript, JavaScript, JSON, text (${TEXT_FILES.join(' ')}) and bytes (${BINARY_FILES.join(' ')}). ` +
    `Rename the file, or add ${type} to constructs/bundle/file-types.ts.`
  );
}
