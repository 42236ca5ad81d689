/** Counts the changes of plans: "1 to replace, 2 to change". */
import { ACTIONS, type Change, type Plan } from '../model/plan';

/** Counts everything that the apply would do. Outputs count only in a plan that changes nothing else. */
export function countsText(plans: readonly Plan[]): string {
  const texts = resourceCounts(plans.flatMap(({ changes }) => changes));
  const outputs = plans.filter(({ changes }) => changes.length === 0).flatMap((plan) => plan.outputs);
  if (outputs.length > 0) texts.push(`${countOf(outputs.length, 'output')} to ${commonAction(outputs)}`);
  const invocations = plans.flatMap((plan) => plan.invocations);
  if (invocations.length > 0) texts.push(`${countOf(invocations.length, 'action')} to invoke`);
  const stored = plans.filter(({ refreshOnly }) => refreshOnly).flatMap(({ drift }) => drift);
  if (stored.length > 0)
    texts.push(`${texts.length === 0 ? 'Refresh only: ' : ''}${stored.length} to store in the state`);
  return texts.length === 0 ? 'No changes' : texts.join(', ');
}

/** Counts changes by action. */
export function changeCounts(changes: readonly Change[]): string {
  return resourceCounts(changes).join(', ');
}

export function withAction(changes: readonly Change[], action: Change['action']): Change[] {
  return changes.filter((change) => change.action === action);
}

function resourceCounts(changes: readonly Change[]): string[] {
  const counts = ACTIONS.map((action) => [action, withAction(changes, action).length] as const);
  const texts = counts.filter(([, count]) => count > 0).map(([action, count]) => `${count} to ${action}`);
  const movesAndImports = withAction(changes, 'none').length;
  return movesAndImports > 0 ? [...texts, `${movesAndImports} to move or import`] : texts;
}

/** The action of all outputs; `change` when they have different actions. */
function commonAction(outputs: readonly Change[]): Change['action'] {
  const [action, ...others] = new Set(outputs.map((output) => output.action));
  return action === undefined || others.length > 0 ? 'change' : action;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
