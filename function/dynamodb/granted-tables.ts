/** Reads the names of the tables that the stack granted to the function. */

/**
 * Returns the names in the order of the grants. Call it at cold start, so that a faulty deployment fails immediately.
 * @throws Error when TABLE_NAMES is not set
 */
export function grantedTables(): readonly [string, ...string[]] {
  const names = process.env['TABLE_NAMES'];
  if (!names) {
    throw new Error('The variable TABLE_NAMES is not set. Grant the function a table in its stack.');
  }
  return names.split(',') as [string, ...string[]];
}
