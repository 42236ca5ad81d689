/** Finds the file of a handler in the unpacked archive. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * For `index.handler`, looks for index.js, index.mjs and index.cjs, in this order, as Lambda does.
 * @returns undefined when none of the files exists
 */
export function findHandlerFile(taskRoot: string, handler: string): string | undefined {
  const { dir, base } = path.parse(handler);
  const [module = ''] = base.split('.');
  return ['.js', '.mjs', '.cjs']
    .map((ending) => path.join(taskRoot, dir, module + ending))
    .find((candidate) => existsSync(candidate));
}
