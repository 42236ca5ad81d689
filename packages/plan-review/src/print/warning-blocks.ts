/** Formats the warnings about plans as GitHub's alert blocks. */
import type { Plan } from '../model/plan';
import { warningsOf } from '../warnings';
import type { WarningKind } from '../warnings/warning';
import { code } from '../escape';

const BLOCKS: readonly (readonly [kind: WarningKind, alert: 'CAUTION' | 'WARNING', title: string])[] = [
  ['data', 'CAUTION', 'Loses data'],
  ['access', 'WARNING', 'Widens access'],
  ['protection', 'WARNING', 'Protects data less'],
  ['callers', 'WARNING', 'Breaks callers'],
];

/** One block for each kind of warning that the plans have. */
export function warningBlocks(plans: readonly Plan[]): string[] {
  const warnings = plans.flatMap((plan) => warningsOf(plan).map((warning) => ({ ...warning, stack: plan.name })));
  return BLOCKS.flatMap(([kind, alert, title]) => {
    const ofKind = warnings.filter((warning) => warning.kind === kind);
    if (ofKind.length === 0) return [];
    const lines = ofKind.map(
      ({ stack, address, text }) => `> - ${plans.length > 1 ? `${stack}: ` : ''}${code(address)} ${text}`,
    );
    return [[`> [!${alert}]`, `> **${title}**`, '>', ...lines].join('\n')];
  });
}
