/** The warnings about plans as GitHub's alert blocks. */
import type { Plan } from './model';
import { code } from './text';
import { findingsOf } from './warnings';
import type { Kind } from './warnings/finding';

const BLOCKS: readonly (readonly [kind: Kind, alert: 'CAUTION' | 'WARNING', title: string])[] = [
  ['data', 'CAUTION', 'Loses data'],
  ['access', 'WARNING', 'Widens access'],
  ['protection', 'WARNING', 'Protects data less'],
  ['callers', 'WARNING', 'Breaks callers'],
];

/** A block for each kind that there is something of. */
export function warningBlocks(plans: readonly Plan[]): string[] {
  const all = plans.flatMap((plan) => findingsOf(plan).map((finding) => ({ ...finding, stack: plan.name })));
  return BLOCKS.flatMap(([kind, alert, title]) => {
    const found = all.filter((finding) => finding.kind === kind);
    if (found.length === 0) return [];
    const lines = found.map(
      ({ stack, address, text }) => `> - ${plans.length > 1 ? `${stack}: ` : ''}${code(address)} ${text}`,
    );
    return [[`> [!${alert}]`, `> **${title}**`, '>', ...lines].join('\n')];
  });
}
