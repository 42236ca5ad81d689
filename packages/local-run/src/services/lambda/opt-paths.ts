/** Leads texts such as `'/opt/nodejs/shared.js'` in a function's code to the folder of its layers on this machine. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SOURCE_FILE = /\.[cm]?js$/;

/** A text in quotes that starts with /opt/. */
const OPT_TEXT = /(["'`])\/opt\/(?=[^"'`\n])/g;

/**
 * Replaces /opt/ at the start of texts in quotes. Leaves packages in `node_modules` unchanged. This machine has no folder /opt for
 * each function.
 * @param folders folders with code
 * @param opt the folder of the layers
 */
export function replaceOptPaths(folders: readonly string[], opt: string): void {
  for (const file of folders.flatMap(sourceFiles)) {
    const source = readFileSync(file, 'utf8');
    const replaced = source.replace(OPT_TEXT, (_text, quote: string) => `${quote}${opt}/`);
    if (replaced !== source) writeFileSync(file, replaced);
  }
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(file);
    return SOURCE_FILE.test(entry.name) ? [file] : [];
  });
}
