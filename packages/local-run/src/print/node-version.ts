/** Describes the version of Node.js that runs the functions, and compares it with the functions' runtimes. */
import type { Deployment } from '../model/deployment';
import { INDENT, yellow } from './style';

/** Lists the runtimes of a stack's functions: `nodejs22.x`. */
export function runtimesOf({ functions }: Deployment): string[] {
  return [...new Set(functions.map(({ runtime }) => runtime))].sort();
}

/**
 * Formats a warning of one line when functions have another version of Node.js on Lambda.
 * @param version the version that runs the functions @default the version of this process
 * @returns undefined when all functions have this major version
 */
export function otherRuntimesText(
  deployments: readonly Deployment[],
  version = process.versions.node,
): string | undefined {
  const here = `nodejs${version.split('.')[0]}.x`;
  const counts = new Map<string, number>();
  for (const { runtime } of deployments.flatMap(({ functions }) => functions)) {
    // Functions in other languages do not run: their routes answer 501.
    if (runtime !== here && runtime.startsWith('nodejs')) counts.set(runtime, (counts.get(runtime) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const others = [...counts].sort().map(([name, count]) => `${name} (${count} function${count === 1 ? '' : 's'})`);
  return (
    `${yellow('warning'.padEnd(INDENT.length - 1))} Functions run on Node.js ${version} here, and on Lambda on ${others.join(' and ')}. ` +
    'Start the run with the version that Lambda uses.'
  );
}
