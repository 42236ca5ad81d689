/** Results of earlier runs that make a synth or a start quicker. */
import { rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** Compiled TypeScript, bundles of functions, synthesized stacks. */
const CACHES = ['jiti', 'function-bundles', 'local-run'];

/** Removes all results of earlier runs, the built local run included: the next run builds everything. */
export function removeCaches(): void {
  for (const name of CACHES) rmSync(path.join(ROOT, 'node_modules/.cache', name), { recursive: true, force: true });
  rmSync(path.join(ROOT, 'packages/local-run/dist'), { recursive: true, force: true });
}
