/** Removes the caches that make a synth or a start faster. */
import { rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** Folders in node_modules/.cache: compiled TypeScript, bundles of functions, synthesized stacks. */
const CACHES = ['jiti', 'function-bundles', 'local-run'];

/** Removes the results of earlier runs, including the built local run. The next run builds everything. */
export function removeCaches(): void {
  for (const name of CACHES) rmSync(path.join(ROOT, 'node_modules/.cache', name), { recursive: true, force: true });
  rmSync(path.join(ROOT, 'packages/local-run/dist'), { recursive: true, force: true });
}
