/** Environment variables of a function, refused where Lambda would refuse them. */
import { DeploymentError } from '../../model/deployment-error';

/** Lambda developer guide, "Defined runtime environment variables": reserved ones. */
const RESERVED = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
]);

/** "Using Lambda environment variables": 4 KB. What Lambda counts beside names and values is not documented. */
const MOST_BYTES = 4096;

/**
 * @param address the function's, for the error
 * @param variables those of its block `environment`; undefined: none
 * @throws DeploymentError with all that Lambda refuses
 */
export function variablesOf(address: string, variables: unknown): Record<string, string> {
  const all = Object.entries(variables ?? {}).map(([name, value]) => [name, String(value)] as const);
  const faults = all.flatMap(([name, value]) => {
    if (RESERVED.has(name)) return [`${name}: the name is reserved`];
    if (!/^[A-Za-z]\w+$/.test(name))
      return [`${name}: a name begins with a letter, and has letters, digits and _, two at least`];
    // A thread has no time zone of its own.
    if (name === 'TZ' && !/^:?(UTC|Etc\/UTC)$/.test(value))
      return [`TZ = ${value}: functions have UTC in the local run; leave it out, and name the zone where it is needed`];
    return [];
  });
  const bytes = all.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MOST_BYTES) faults.push(`names and values are ${bytes} bytes; there is room for ${MOST_BYTES}`);
  if (faults.length === 0) return Object.fromEntries(all);
  const lines = faults.map((fault) => `  ${fault}`);
  throw new DeploymentError(
    [
      `${address}: Lambda refuses this of its environment variables, or the local run does not understand it:`,
      ...lines,
    ].join('\n'),
  );
}
