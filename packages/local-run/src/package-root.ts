/** Where this package lies, and the built files that its threads and processes start from. */
import path from 'node:path';

/** The same from src/ and from dist/: both lie directly in the package. */
export const PACKAGE_ROOT = path.join(__dirname, '..');

/**
 * The absolute path of a file in dist/, which bin/build.cjs makes. Tests and scripts that import src/ directly run
 * `node bin/build.cjs` first.
 */
export function workerFile(name: 'app-preload' | 'dynamodb-worker' | 'lambda-runtime'): string {
  return path.join(PACKAGE_ROOT, 'dist', `${name}.cjs`);
}
