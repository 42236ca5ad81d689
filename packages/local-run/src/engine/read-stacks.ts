/** Reads the stacks of a start or a reload. A stack that AWS or Terraform would refuse does not stop the others at a start. */
import type { Deployment } from '../model/deployment';
import { DeploymentError } from '../model/deployment-error';
import { readStack, refusalsIn } from '../source/deployment';
import type { Endpoints, Stack } from '../source/stack';

export interface ReadStacks {
  readonly deployments: readonly Deployment[];
  /** Why stacks are not served. */
  readonly failures: readonly string[];
}

/**
 * @param endpointsOf returns the URLs of a stack's APIs
 * @param served the stacks that the run serves. Undefined: the run starts
 * @throws DeploymentError at a start when no route could run, and at a reload for each new fault
 */
export function readStacks(
  stacks: readonly Stack[],
  endpointsOf: (stack: Stack) => Endpoints,
  served: ReadStacks | undefined,
): ReadStacks {
  const deployments: Deployment[] = [];
  const failures: string[] = [];
  for (const stack of stacks) {
    try {
      deployments.push(readStack(stack, endpointsOf(stack)));
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
      failures.push(error.message);
    }
  }
  const read = { deployments, failures };
  const faults = served ? faultsOf(read).filter((fault) => !faultsOf(served).includes(fault)) : faultsOf(read);
  if (faults.length > 0 && (served || !deployments.some(canServe))) throw new DeploymentError(faults.join('\n'));
  return read;
}

function faultsOf({ deployments, failures }: ReadStacks): string[] {
  return [
    ...failures,
    ...deployments.flatMap((deployment) => refusalsIn(deployment).map((text) => `${deployment.stack}: ${text}.`)),
  ];
}

/** Whether a stack has a route that runs, or no fault. */
function canServe(deployment: Deployment): boolean {
  return (
    refusalsIn(deployment).length === 0 ||
    deployment.apis.some(({ routes }) => routes.some(({ notSimulated }) => notSimulated === undefined))
  );
}
