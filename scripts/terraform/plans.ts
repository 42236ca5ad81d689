/** Plans of synthesized stacks: the plan file that apply takes, and the same as JSON. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuseForgottenStates } from './local-state';
import type { SynthesizedStack } from './synth';
import { terraform } from './terraform';

/** In the stack's folder; `terraform.sh` beside this applies it. */
export const PLAN_FILE = 'plan.tfplan';

export interface StackPlan {
  readonly stack: string;
  /** `terraform show -json` of the plan. */
  readonly json: string;
  /** Whether anything would be done, outputs included. */
  readonly changes: boolean;
}

export interface PlanOptions {
  /** Whether the states are locked meanwhile; the role that only reads cannot. */
  readonly lock: boolean;
}

/**
 * All stacks at once, with a line for each thing that begins or is done.
 * @throws TerraformError of the first that fails, once all have ended
 */
export async function makePlans(stacks: readonly SynthesizedStack[], { lock }: PlanOptions): Promise<StackPlan[]> {
  refuseForgottenStates(stacks);
  const ended = await Promise.allSettled(stacks.map((stack) => makePlan(stack, lock)));
  return ended.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function makePlan({ name, folder }: SynthesizedStack, lock: boolean): Promise<StackPlan> {
  console.log(`${name}: initializing`);
  // A folder may remember another backend, of a run with another setting.
  await terraform(folder, ['init', '-reconfigure', '-no-color']);
  console.log(`${name}: planning`);
  const { status } = await terraform(
    folder,
    ['plan', '-no-color', '-detailed-exitcode', `-lock=${lock}`, '-lock-timeout=60s', `-out=${PLAN_FILE}`],
    { statuses: [0, 2] },
  );
  const { stdout } = await terraform(folder, ['show', '-json', PLAN_FILE]);
  const json = path.join(folder, 'plan.json');
  writeFileSync(json, stdout);
  console.log(`${name}: ${status === 2 ? 'has changes' : 'has none'}`);
  return { stack: name, json, changes: status === 2 };
}
