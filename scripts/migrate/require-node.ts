/** Checks whether the running Node.js supports the packages of a migration. */
import type { Migration } from './migration';

/** @throws Error when this process has an older Node.js than the migration's packages support */
export function requireNode({ title, node }: Migration, current = process.versions.node): void {
  if (current.localeCompare(node, 'en', { numeric: true }) >= 0) return;
  throw new Error(
    `${title} needs Node.js ${node} or later, but this is Node.js ${current}. Install a newer Node.js, and repeat.`,
  );
}
