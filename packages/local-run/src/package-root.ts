/** Paths of this package, and of the built files that start its threads and processes. */
import path from 'node:path';

/** The folder of package.json. Correct from src/ and from dist/, because both are directly in this folder. */
export const PACKAGE_ROOT = path.join(__dirname, '..');

/**
 * The absolute path of a file in dist/, which bin/build.cjs builds. Tests and scripts that import src/ directly run
 * `node bin/build.cjs` first.
 */
export function workerFile(name: 'app-preload' | 'dynamodb-worker' | 'lambda-runtime'): string {
  return path.join(PACKAGE_ROOT, 'dist', `${name}.cjs`);
}
