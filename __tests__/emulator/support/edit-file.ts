/** Edits a file of the suite's copy of the project. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run';

/** @param file relative to the project @throws Error when the file does not contain the text */
export function editFile(file: string, from: string | RegExp, to: string): void {
  const absolute = path.join(ROOT, file);
  const before = readFileSync(absolute, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not contain ${from}.`);
  writeFileSync(absolute, after);
}
