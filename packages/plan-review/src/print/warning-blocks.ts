/** Describes the warnings about plans as alerts. */
import { placeAt, ROOT } from '../model/differences';
import type { Plan } from '../model/plan';
import type { Part, Warning, WarningKind } from '../warnings/warning';
import type { PlanPrinter } from './plan-printer';
import type { Alert, Inline, Inlines } from './document';
import { ValuePrinter } from './value-printer';

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
  { kind: 'runs', alert: 'WARNING', title: 'Runs programs' },
  { kind: 'hidden', alert: 'WARNING', title: 'Cannot be reviewed' },
  { kind: 'callers', alert: 'WARNING', title: 'Breaks callers' },
];

const FAILED_CHECK = 'A check fails';

/** The titles of all alerts about plans. */
export const WARNING_TITLES: readonly string[] = [...WARNING_BLOCKS.map(({ title }) => title), FAILED_CHECK];

/**
 * Makes one alert for each kind of warning that occurs, and one for failed checks.
 * @param withTexts whether to list the warnings, or only to count them
 */
export function warningBlocks(printers: readonly PlanPrinter[], withTexts: boolean): Alert[] {
  const warnings = printers.flatMap((printer) => printer.warnings().map((warning) => ({ warning, printer })));
  const blocks = WARNING_BLOCKS.map(({ kind, alert, title }): Alert => {
    const lines = warnings
      .filter(({ warning }) => warning.kind === kind)
      .map(({ warning, printer }) => [
        ...stackName(printer, printers),
        { code: warning.address },
        ' ',
        ...warningText(warning, printer),
      ]);
    return { kind: 'alert', alert, title, content: lines };
  });
  return [...blocks, failedChecks(printers)]
    .filter(({ content }) => content.length > 0)
    .map((block) => (withTexts ? block : { ...block, content: [countText(block.content.length)] }));
}

function failedChecks(printers: readonly PlanPrinter[]): Alert {
  const content = printers.flatMap((printer) => {
    const values = new ValuePrinter(printer.redactor);
    return printer.plan.checks.map(({ address, status, messages }): Inlines => [
      ...stackName(printer, printers),
      { code: address },
      status === 'error' ? ' could not be evaluated' : ' fails',
      ...messages.flatMap((message, index) => [index === 0 ? ': ' : ', ', ...values.inline(message, ROOT)]),
    ]);
  });
  return { kind: 'alert', alert: 'WARNING', title: FAILED_CHECK, content };
}

function countText(count: number): Inlines {
  return [`${count} ${count === 1 ? 'warning does' : 'warnings do'} not fit here. Read the complete summary.`];
}

function stackName({ plan }: PlanPrinter, printers: readonly PlanPrinter[]): Inlines {
  return printers.length > 1 ? [`${plan.name}: `] : [];
}

/** Formats a warning. In the words of a rule, `**` starts and ends an emphasized text, which can contain names and values. */
function warningText({ address, text }: Warning, { plan, redactor }: PlanPrinter): Inlines {
  const values = new ValuePrinter(redactor, plan.index.byAddress.get(address)?.hidden);
  const sections: Inline[][] = [[]];
  for (const part of text) {
    const pieces =
      typeof part === 'string' ? part.split('**').map((words) => [words]) : [valueInline(part, values, plan)];
    const [first, ...others] = pieces.map((piece) => [...piece]);
    sections.at(-1)?.push(...(first ?? []));
    for (const words of others) sections.push(words);
  }
  return sections.flatMap((section, index) => (index % 2 === 1 ? [{ strong: section }] : section));
}

function valueInline(part: Exclude<Part, string>, values: ValuePrinter, { index }: Plan): Inlines {
  // The name of an attribute can be the key of a map, which can be a secret. An address is no secret.
  if ('name' in part) return [{ code: index.byAddress.has(part.name) ? part.name : values.redacted(part.name) }];
  const path = part.path ?? [];
  // A part of a policy is a statement, or a value in one.
  if (part.of === 'policy') return values.inline(part.value, { ...placeAt([...path, 'Statement']), isPolicy: true });
  return values.inline(part.value, placeAt(path));
}
