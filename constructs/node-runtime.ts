/** The version of Node.js that functions are built for and run on. */

/** Lambda's name for this version. */
export const LAMBDA_RUNTIME = 'nodejs22.x';

/** esbuild's name for this version. */
export const ESBUILD_TARGET = 'node22';
