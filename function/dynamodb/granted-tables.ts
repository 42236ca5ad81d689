/** Reads which tables the stack granted to the function. */

/**
 * The names of the granted tables, in the order in which the stack granted them. Read them once, at cold start.
 * @throws Error when TABLE_NAMES is not set, so that a faulty deployment fails at its first start and says why
 */
export function grantedTables(): readonly [string, ...string[]] {
  const names = process.env['TABLE_NAMES'];
  if (!names) {
    throw new Error('The variable TABLE_NAMES is not set. Grant the function a table in its stack.');
  }
  return names.split(',') as [string, ...string[]];
}
