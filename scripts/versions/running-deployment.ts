/** Refuses a rollback while a command holds the lock of the stack's state: a running deployment would move the alias forward again. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stateKey } from '../../stacks/names';
import type { LocationSettings } from '../../stacks/settings';
import { ROOT } from '../project';
import { StateBucketError, type StateObjects } from '../terraform/state-objects';

/** The part of Terraform's lock that this module reads. */
interface Lock {
  readonly Operation?: string;
  readonly Who?: string;
  readonly Created?: string;
}

/**
 * Reads the lock. Without permission to read it, only warns: the rollback must work in an incident.
 * @param root the folder with local states @default the project's folder
 * @throws Error when a command holds the lock
 */
export async function refuseRunningDeployment(
  stack: string,
  settings: LocationSettings,
  objects: Pick<StateObjects, 'read'>,
  root = ROOT,
): Promise<void> {
  let text: string | undefined;
  try {
    text = await readLock(stack, settings, objects, root);
  } catch (error) {
    if (!(error instanceof StateBucketError)) throw error;
    console.warn(`Cannot see whether a deployment of ${stack} is running: ${error.message}`);
    return;
  }
  if (text === undefined) return;
  throw new Error(
    `A command holds the lock of the stack ${stack}${describe(text)}. A running deployment would move the alias to the newest version ` +
      'again. Wait for its end, or stop it. If no command is running, repeat the rollback with --ignore-lock.',
  );
}

async function readLock(
  stack: string,
  settings: LocationSettings,
  objects: Pick<StateObjects, 'read'>,
  root: string,
): Promise<string | undefined> {
  if (settings.stateBucket !== '') return objects.read(`${stateKey(settings, stack)}.tflock`);
  const file = path.join(root, `.terraform.${stack}.tfstate.lock.info`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** @returns for example `: OperationTypeApply by ci@runner since 2026-11-29T20:10:00Z`; '' for a lock that is not JSON */
function describe(text: string): string {
  try {
    const { Operation = 'an operation', Who = 'somebody', Created = 'an unknown time' } = JSON.parse(text) as Lock;
    return `: ${Operation} by ${Who} since ${Created}`;
  } catch {
    return '';
  }
}
