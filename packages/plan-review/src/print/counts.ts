/** Counts the changes of plans: "1 to replace, 2 to change". */
import { ACTIONS, type Change } from '../model/plan';

export function countsText(changes: readonly Change[]): string {
  const counts = ACTIONS.map((action) => [action, withAction(changes, action).length] as const);
  const texts = counts.filter(([, count]) => count > 0).map(([action, count]) => `${count} to ${action}`);
  const movesAndImports = withAction(changes, 'none').length;
  if (movesAndImports > 0) texts.push(`${movesAndImports} to move or import`);
  return texts.length === 0 ? 'No changes' : texts.join(', ');
}

export function withAction(changes: readonly Change[], action: Change['action']): Change[] {
  return changes.filter((change) => change.action === action);
}
