/** Keeps the stacks that tests synthesize, so that __tests__/migrate can compare them with the stacks of a migrated copy. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A folder. Without it, nothing is kept. */
const FOLDER = process.env['RECORD_SYNTH'];

/** The stacks of this test file. */
let count = 0;

/** Writes the JSON of a stack to a file named after the test file, the order of the synths and the stack. */
export function recordSynth(stack: string, json: string): void {
  if (FOLDER === undefined) return;
  const test = path.basename(expect.getState().testPath ?? '', '.test.ts');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${test}-${String(++count).padStart(4, '0')}-${stack}.json`), json);
}
