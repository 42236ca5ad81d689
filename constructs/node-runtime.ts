/** The Lambda runtimes of the functions, and esbuild's target for all of them. */

/** Lambda's names of the runtimes, from the oldest to the newest (Lambda developer guide, "Lambda runtimes"). */
export const NODE_RUNTIMES = ['nodejs22.x', 'nodejs24.x'] as const;

export type NodeRuntime = (typeof NODE_RUNTIMES)[number];

export const DEFAULT_RUNTIME: NodeRuntime = 'nodejs22.x';

/** esbuild's name of the oldest runtime: a change of the runtime changes no archive, so `npm run rollback` can also undo it. */
export const ESBUILD_TARGET = 'node22';
