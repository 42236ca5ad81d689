/** Formats the warnings about plans as GitHub's alert blocks. */
import type { Plan } from '../model/plan';
import { warningsOf } from '../warnings';
import type { Part, WarningKind } from '../warnings/warning';
import { inlineCode, valueText } from '../escape';

interface WarningBlock {
  readonly kind: WarningKind;
  readonly alert: 'CAUTION' | 'WARNING';
  readonly title: string;
}

/** The blocks of a summary, in their order. */
export const WARNING_BLOCKS: readonly WarningBlock[] = [
  { kind: 'data', alert: 'CAUTION', title: 'Loses data' },
  { kind: 'access', alert: 'WARNING', title: 'Widens access' },
  { kind: 'protection', alert: 'WARNING', title: 'Protects data less' },
  { kind: 'callers', alert: 'WARNING', title: 'Breaks callers' },
];

/** Formats one block for each kind of warning that occurs. */
export function warningBlocks(plans: readonly Plan[]): string[] {
  const warnings = plans.flatMap((plan) => warningsOf(plan).map((warning) => ({ ...warning, stack: plan.name })));
  return WARNING_BLOCKS.flatMap(({ kind, alert, title }) => {
    const kindWarnings = warnings.filter((warning) => warning.kind === kind);
    if (kindWarnings.length === 0) return [];
    const lines = kindWarnings.map(
      ({ stack, address, text }) =>
        `> - ${plans.length > 1 ? `${stack}: ` : ''}${inlineCode(address)} ${text.map(partText).join('')}`,
    );
    return [[`> [!${alert}]`, `> **${title}**`, '>', ...lines].join('\n')];
  });
}

/** A rule's words are Markdown. A name or value is not. */
function partText(part: Part): string {
  if (typeof part === 'string') return part;
  return inlineCode('name' in part ? part.name : typeof part.value === 'string' ? part.value : valueText(part.value));
}
