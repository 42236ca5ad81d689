/** Reads synthesized stacks and plans, and writes the summary that a reviewer reads. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { REVIEW_KEY_FILE } from '../../../scripts/terraform/review-key';
import type { Deployment } from './deployment';
import { type Environment, ROOT } from './run';
import { WORK } from './target';

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

const planOf = (stack: string) => `cdktf.out/stacks/${stack}/plan.json`;

/** The changes in the last plan of `npm run plan` or `npm run deploy`. */
export function plannedChanges(stack: string): (readonly [address: string, actions: readonly string[]])[] {
  const { resource_changes: changes = [] } = JSON.parse(readFileSync(path.join(ROOT, planOf(stack)), 'utf8')) as Plan;
  return changes
    .filter(({ change }) => change.actions.some((action) => !['no-op', 'read'].includes(action)))
    .map(({ address, change }) => [address, change.actions] as const);
}

/** The number of resources in a stack, as the last `cdktf deploy` synthesized it. */
export function synthesizedResources(stack: string): number {
  return Object.values(resourcesOf(stack)).reduce((count, named) => count + Object.keys(named).length, 0);
}

/** The types of the resources in a stack, for example `aws_dynamodb_table`. */
export function synthesizedTypes(stack: string): string[] {
  return Object.keys(resourcesOf(stack));
}

function resourcesOf(stack: string): Record<string, object> {
  const file = path.join(WORK, 'out/stacks', stack, 'cdk.tf.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { resource: Record<string, object> }).resource;
}

/** Plans the stacks and summarizes the plans, as the workflow `plan` does. @returns the file with the summary */
export async function review(
  deployment: Deployment,
  stacks: readonly string[],
  settings: Environment,
  options: readonly string[] = [],
): Promise<string> {
  await deployment.npm('plan', [...options, ...stacks], settings);
  const file = path.join(WORK, 'summary.md');
  // With a repository, `npm run plan` fetches the key with which `npm run deploy` compares.
  const key = existsSync(path.join(ROOT, REVIEW_KEY_FILE)) ? ['--key', REVIEW_KEY_FILE] : [];
  // The announcement of what deploy does after the apply.
  const first = ['--first', 'cdktf.out/first.md'];
  writeFileSync(file, await deployment.npm('plan-summary', [...first, ...key, ...stacks.map(planOf)]));
  return file;
}
