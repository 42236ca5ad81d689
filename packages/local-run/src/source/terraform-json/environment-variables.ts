/** Reads the environment variables of a function and checks them by the rules of Lambda. */
import { DeploymentError } from '../../model/deployment-error';
import type { NotSimulated } from '../../model/not-simulated';
import { unsupportedValue } from './attribute-rules';

/** Lambda developer guide, "Defined runtime environment variables". */
const RESERVED_NAMES = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
]);

/** Lambda developer guide, "Using Lambda environment variables": 4 KB. This check counts names and values. */
const MAX_BYTES = 4096;

/**
 * @param address the function's address, for errors
 * @param variables `variables` in the function's block `environment`
 * @throws DeploymentError that lists all faults
 */
export function readEnvironmentVariables(address: string, variables: unknown): Record<string, string> {
  const all = Object.entries(variables ?? {}).map(([name, value]) => [name, String(value)] as const);
  const faults = all.flatMap(([name]) => {
    if (RESERVED_NAMES.has(name)) return [`${name}: the name is reserved`];
    if (!/^[A-Za-z]\w+$/.test(name))
      return [`${name}: a name must begin with a letter and have at least two letters, digits or _`];
    return [];
  });
  const bytes = all.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_BYTES) faults.push(`names and values have ${bytes} bytes; Lambda allows ${MAX_BYTES}`);
  if (faults.length === 0) return Object.fromEntries(all);
  const lines = faults.map((fault) => `  ${fault}`);
  throw new DeploymentError([`${address}: Lambda refuses these environment variables:`, ...lines].join('\n'));
}

/** Functions run in threads, which share the time zone of the process: UTC. */
export function timeZoneFault(address: string, timeZone: unknown): NotSimulated[] {
  if (timeZone === undefined || (typeof timeZone === 'string' && /^:?(UTC|Etc\/UTC)$/.test(timeZone))) return [];
  return [unsupportedValue(address, 'environment.variables.TZ', timeZone, ['UTC', ':UTC', undefined])];
}
