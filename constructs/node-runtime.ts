/** The version of Node.js that functions are built for and run on. */

/** Lambda's name of the runtime. */
export const LAMBDA_RUNTIME = 'nodejs22.x';

/** esbuild's name of it. */
export const ESBUILD_TARGET = 'node22';
