import type { SourceMap } from 'node:module';

/**
 * The JavaScript of a TypeScript file and of all that it imports of this project; packages are required as ever. From an earlier
 * run when nothing of it has changed, and the same for as long as the process runs.
 * @param entry absolute path of the file
 */
export function bundleOf(entry: string): string;

/** Of a bundle that this process has. @returns undefined when its files have changed since */
export function mapOf(entry: string): SourceMap | undefined;
