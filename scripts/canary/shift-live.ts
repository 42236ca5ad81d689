/** Moves the alias of functions to their newest version with CodeDeploy, after an apply. */
import { setTimeout } from 'node:timers/promises';
import { shiftOf } from '../../stacks/canary-configs';
import type { StackPlan } from '../terraform/plans';
import type { Versions } from '../versions/versions';
import { stepsText } from './announcement';
import type { CodeDeploy, DeploymentState } from './code-deploy';
import { type CanaryGroup, plannedGroups } from './planned-shifts';

export interface Clients {
  readonly lambda: Pick<Versions, 'list'> & {
    readonly live: (functionName: string) => Promise<{ readonly version: string }>;
  };
  readonly codeDeploy: Pick<CodeDeploy, 'running' | 'start' | 'state'>;
}

export interface ShiftOptions {
  /** Whether alarms neither stop the deployments nor move the aliases back. @default false */
  readonly ignoreAlarms?: boolean;
  /** Time between two requests for the state of a deployment. @default 10,000 */
  readonly pollMs?: number;
  /** Time that a deployment may take beyond its configuration. @default 15 minutes */
  readonly extraMs?: number;
}

const MINUTE_MS = 60_000;
const DEFAULT_POLL_MS = 10_000;
const DEFAULT_EXTRA_MS = 15 * MINUTE_MS;

/** Longest time between the first and the last step of a configuration that this project does not know ("CodeDeploy quotas"). */
const MAX_MINUTES = 48 * 60;

/**
 * Starts a deployment for each function whose alias does not have the newest version, and waits for the end of all of them. Waits first
 * for a deployment that already runs.
 * @param plans the applied plans
 * @throws Error when a deployment failed or takes too long, after all others have ended
 */
export async function shiftLive(
  plans: readonly StackPlan[],
  clients: Clients,
  options: ShiftOptions = {},
): Promise<void> {
  const results = await Promise.allSettled(plannedGroups(plans).map((group) => shift(group, clients, options)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n'));
}

async function shift(group: CanaryGroup, clients: Clients, options: ShiftOptions): Promise<void> {
  const { functionName } = group;
  const { lambda, codeDeploy } = clients;
  try {
    const running = await codeDeploy.running(group);
    if (running !== undefined) {
      console.log(`${functionName}: waiting for the deployment ${running}, which already runs`);
      await waitFor(group, running, clients, options);
    }
    const live = await lambda.live(functionName);
    const [newest] = await lambda.list(functionName);
    if (!newest || newest.version === live.version) return;
    refuseMovedBack(group, live.version);
    const id = await codeDeploy.start(group, live.version, newest.version, options.ignoreAlarms);
    console.log(
      `${functionName}: CodeDeploy moves live from version ${live.version} to ${newest.version}: ${stepsText(group)} (${id})`,
    );
    await waitFor(group, id, clients, options);
    console.log(`${functionName}: version ${newest.version} is live`);
  } catch (error) {
    if (error instanceof ShiftError) throw error;
    const { name, message } = error as Error;
    throw new ShiftError(
      `${functionName}: the stack is deployed, but CodeDeploy did not move live: ${name}: ${message}. Repeat npm run deploy.`,
      { cause: error },
    );
  }
}

/** @throws ShiftError when the alias has an older version than in the plan: CodeDeploy would undo a rollback */
function refuseMovedBack({ functionName, live: planned }: CanaryGroup, version: string): void {
  if (planned === undefined || Number(version) >= Number(planned)) return;
  throw new ShiftError(
    `${functionName}: the stack is deployed, but live was moved back from version ${planned} to ${version} meanwhile, so it stays there. ` +
      'Run npm run deploy again if the newest version has no fault.',
  );
}

/**
 * Finds functions that wait for CodeDeploy, after an apply failed: their stacks are applied, or their versions published, but their
 * aliases have not moved.
 * @throws Error that names them
 */
export async function refusePendingShifts(plans: readonly StackPlan[], lambda: Clients['lambda']): Promise<void> {
  const lines: string[] = [];
  for (const { functionName } of plannedGroups(plans)) {
    const [newest] = await lambda.list(functionName);
    if (!newest) continue;
    const { version } = await lambda.live(functionName);
    if (version === newest.version) continue;
    lines.push(`${functionName}: live stays at version ${version}; CodeDeploy has not moved it to ${newest.version}.`);
  }
  if (lines.length > 0)
    throw new Error([...lines, 'Fix the failure, and repeat npm run deploy: it moves these functions.'].join('\n'));
}

class ShiftError extends Error {
  override readonly name = 'ShiftError';
}

/** Waits for the end of a deployment. @throws ShiftError when it does not succeed, or not in time */
async function waitFor(group: CanaryGroup, id: string, clients: Clients, options: ShiftOptions): Promise<void> {
  const { extraMs = DEFAULT_EXTRA_MS } = options;
  const minutes = shiftOf(group.config)?.minutes ?? MAX_MINUTES;
  const state = await pollUntilEnd(group, id, clients, { ...options, limitMs: minutes * MINUTE_MS + extraMs });
  if (state.status === 'Succeeded') return;
  const { functionName } = group;
  if (state.isRunning) {
    throw new ShiftError(
      `${functionName}: the deployment ${id} still runs. CodeDeploy goes on without this command. Repeat npm run deploy to wait ` +
        'for it.',
    );
  }
  if (state.rollbackId !== undefined)
    await pollUntilEnd(group, state.rollbackId, clients, { ...options, limitMs: extraMs });
  const { version } = await clients.lambda.live(functionName);
  throw new ShiftError(
    `${functionName}: the deployment ${id} ended as ${state.status}${state.reason && ` (${state.reason})`}. Version ${version} is ` +
      'live. Revert or fix the change, and deploy again.',
  );
}

/** Asks for the state until the deployment has ended, or until the limit. Prints a line each minute, and when the status changes. */
async function pollUntilEnd(
  { functionName }: CanaryGroup,
  id: string,
  { codeDeploy }: Clients,
  { pollMs = DEFAULT_POLL_MS, limitMs }: ShiftOptions & { readonly limitMs: number },
): Promise<DeploymentState> {
  const start = Date.now();
  let printed = '';
  for (;;) {
    const state = await codeDeploy.state(id);
    const elapsedMs = Date.now() - start;
    const line = `${functionName}: ${state.status} after ${Math.floor(elapsedMs / MINUTE_MS)} min (${id})`;
    if (line !== printed) console.log(line);
    printed = line;
    if (!state.isRunning || elapsedMs >= limitMs) return state;
    await setTimeout(pollMs);
  }
}
