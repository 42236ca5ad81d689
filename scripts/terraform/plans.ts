/** Makes plans of synthesized stacks: the plan file for apply, and the plan as JSON. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuseForgottenStates } from './local-state';
import type { SynthesizedStack } from './synth';
import { terraform } from './terraform';

/** Name of the plan file in the stack's folder. terraform.sh applies it. */
export const PLAN_FILE = 'plan.tfplan';

export interface StackPlan {
  readonly stack: string;
  /** Path of the plan as JSON (`terraform show -json`). */
  readonly json: string;
  /** Whether the plan has changes, including changes of outputs. */
  readonly changes: boolean;
}

export interface PlanOptions {
  /** Whether to lock the states during the plan. A read-only role cannot lock. */
  readonly lock: boolean;
}

/**
 * Plans all stacks concurrently, and prints a line for each step.
 * @throws TerraformError for the first failed stack, after the plans of all stacks have ended
 */
export async function makePlans(stacks: readonly SynthesizedStack[], { lock }: PlanOptions): Promise<StackPlan[]> {
  refuseForgottenStates(stacks);
  const results = await Promise.allSettled(stacks.map((stack) => makePlan(stack, lock)));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function makePlan({ name, folder }: SynthesizedStack, lock: boolean): Promise<StackPlan> {
  console.log(`${name}: initializing`);
  // A run with other settings may have initialized the folder for another backend.
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
  console.log(`${name}: ${status === 2 ? 'has changes' : 'has no changes'}`);
  return { stack: name, json, changes: status === 2 };
}
