/** Stops CodeDeploy deployments before `npm run rollback` moves the aliases: CodeDeploy would move them again. */
import { setTimeout } from 'node:timers/promises';
import type { LiveFunction } from '../versions/live-functions';
import type { CodeDeploy } from './code-deploy';

/** Maximum time until CodeDeploy has stopped a deployment. */
const STOP_TIMEOUT_MS = 60_000;

/** CodeDeploy's errors for a deployment that ended after the list of the running deployments. */
const ENDED_ERRORS = ['DeploymentAlreadyCompletedException', 'DeploymentDoesNotExistException'];

export interface StoppedShifts {
  /** Whether a deployment has ended, so that the aliases must be read again. */
  readonly ended: boolean;
  /** Why a deployment could not be stopped, by the name of its function. CodeDeploy may still move these functions. */
  readonly failures: ReadonlyMap<string, string>;
}

type Client = Pick<CodeDeploy, 'running' | 'state' | 'stop'>;

/**
 * Stops the deployment of each function that has one, and waits until it has stopped. A failure does not keep the others running.
 * @param pollMs time between two requests for the state of a deployment
 */
export async function stopShifts(
  functions: readonly Pick<LiveFunction, 'functionName' | 'application'>[],
  codeDeploy: Client,
  pollMs = 1000,
): Promise<StoppedShifts> {
  const failures = new Map<string, string>();
  let ended = false;
  const stop = async ({ functionName, application }: Pick<LiveFunction, 'functionName' | 'application'>) => {
    if (application === undefined) return;
    try {
      if (await stopShift({ functionName, application }, codeDeploy, pollMs)) ended = true;
    } catch (error) {
      const { name, message } = error as Error;
      failures.set(functionName, error instanceof StopTimeout ? message : `${name}: ${message}`);
    }
  };
  await Promise.all(functions.map(stop));
  return { ended, failures };
}

/** @returns whether the function had a deployment, which has ended now */
async function stopShift(
  group: Parameters<Client['running']>[0],
  codeDeploy: Client,
  pollMs: number,
): Promise<boolean> {
  const { functionName } = group;
  const id = await codeDeploy.running(group);
  if (id === undefined) return false;
  try {
    await codeDeploy.stop(id);
  } catch (error) {
    if (!ENDED_ERRORS.includes((error as Error).name)) throw error;
    console.log(`${functionName}: the CodeDeploy deployment ${id} has just ended`);
    return true;
  }
  await waitUntilStopped(id, codeDeploy, pollMs);
  console.log(`${functionName}: stopped the CodeDeploy deployment ${id}`);
  return true;
}

class StopTimeout extends Error {}

async function waitUntilStopped(id: string, codeDeploy: Pick<CodeDeploy, 'state'>, pollMs: number): Promise<void> {
  const end = Date.now() + STOP_TIMEOUT_MS;
  while ((await codeDeploy.state(id)).isRunning) {
    if (Date.now() > end)
      throw new StopTimeout(`the deployment ${id} still runs ${STOP_TIMEOUT_MS / 1000} s after the request to stop it`);
    await setTimeout(pollMs);
  }
}

/**
 * Says which functions were not moved, because CodeDeploy may still move them.
 * @param failures as {@link stopShifts} returns them
 */
export function notStoppedText(failures: StoppedShifts['failures']): string {
  return [
    ...[...failures].map(
      ([name, reason]) => `${name} was not moved: its CodeDeploy deployment did not stop: ${reason}.`,
    ),
    'Repeat the command. If CodeDeploy refuses again, stop the deployment in the CodeDeploy console first.',
  ].join('\n');
}
