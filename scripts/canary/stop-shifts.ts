/** Stops CodeDeploy deployments before `npm run rollback` moves the aliases: CodeDeploy would move them again. */
import { setTimeout } from 'node:timers/promises';
import type { LiveFunction } from '../versions/live-functions';
import type { CodeDeploy } from './code-deploy';

/** Maximum time until CodeDeploy has stopped a deployment. */
const STOP_TIMEOUT_MS = 60_000;

/**
 * Stops the deployment of each function that has one, and waits until it has stopped.
 * @param pollMs time between two requests for the state of a deployment
 * @returns whether it has stopped a deployment
 * @throws Error when a deployment does not stop in time
 */
export async function stopShifts(
  functions: readonly Pick<LiveFunction, 'functionName' | 'application'>[],
  codeDeploy: Pick<CodeDeploy, 'running' | 'state' | 'stop'>,
  pollMs = 1000,
): Promise<boolean> {
  let stopped = false;
  for (const { functionName, application } of functions) {
    if (application === undefined) continue;
    const id = await codeDeploy.running({ functionName, application });
    if (id === undefined) continue;
    await codeDeploy.stop(id);
    await waitUntilStopped(functionName, id, codeDeploy, pollMs);
    console.log(`${functionName}: stopped the CodeDeploy deployment ${id}`);
    stopped = true;
  }
  return stopped;
}

async function waitUntilStopped(
  functionName: string,
  id: string,
  codeDeploy: Pick<CodeDeploy, 'state'>,
  pollMs: number,
): Promise<void> {
  const end = Date.now() + STOP_TIMEOUT_MS;
  while ((await codeDeploy.state(id)).isRunning) {
    if (Date.now() > end) {
      throw new Error(
        `${functionName}: CodeDeploy has not stopped the deployment ${id} within ${STOP_TIMEOUT_MS / 1000} s, so no alias was ` +
          'moved. Stop it in the CodeDeploy console, and repeat npm run rollback.',
      );
    }
    await setTimeout(pollMs);
  }
}
