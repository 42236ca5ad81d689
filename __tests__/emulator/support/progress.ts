/** Prints progress directly to stderr: Jest would print console output only at the end, with four extra lines for each line. */

import path from 'node:path';
import { suiteFolder } from './suite-folder';

const began = performance.now();
const suite = path.basename(suiteFolder());

export function progress(text: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${seconds} s  ${suite}  ${text}\n`);
}
