/** The one accessor for the environment that the deployment gives: read once, at cold start. */

/**
 * The value of a required environment variable.
 * @throws Error when it is not set, so that a faulty deployment fails in its first second and says why.
 */
function requiredEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`Environment variable ${name} is not set. The stack sets it where it grants access to the table.`);
  }
  return value;
}

/** The names of the tables that the stack granted, in its order. @throws Error as above */
export function grantedTables(): readonly [string, ...string[]] {
  return requiredEnvironment('TABLE_NAMES').split(',') as [string, ...string[]];
}
