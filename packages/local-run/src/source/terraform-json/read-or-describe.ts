/** Reads routes and APIs, or describes them as not simulated or refused. */
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError, type NotSimulated } from '../../model/not-simulated';
import { refusedPart } from '../refusals';
import type { Resource } from './resource';
import { isUnknown } from './unknown';

/**
 * Reads a resource, unless it depends on something that the local run does not simulate, or AWS refuses it.
 * @param describe describes the resource by these causes only
 */
export function readOrDescribe<T>(
  { address, causes }: Resource,
  read: () => T,
  describe: (causes: readonly NotSimulated[]) => T,
): T {
  if (causes.length > 0) return describe(causes);
  try {
    return read();
  } catch (error) {
    if (error instanceof DeploymentError) return describe([refusedPart(address, error.message)]);
    if (!(error instanceof NotSimulatedError)) throw error;
    return describe(error.parts);
  }
}

/** A route that answers 501. If its key is unknown, it stands for all requests that match no other route. */
export function unsimulatedRoute(routeKey: unknown, notSimulated: readonly NotSimulated[]) {
  return {
    routeKey: typeof routeKey === 'string' && !isUnknown(routeKey) ? routeKey : '$default',
    functionArn: '',
    timeoutMs: 0,
    permitted: true,
    notSimulated,
  };
}
