/** Formats the changes of one plan as lines of a diff. */
import { lineText } from '../escape';
import { findDifferences, memberPlace, type Place, ROOT } from '../model/differences';
import { attributeName } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { isSame, UNKNOWN, type Value } from '../model/value';
import { resolvePolicies } from '../policy/data-source';
import type { Redactor } from '../redact/redactor';
import { warningsOf } from '../warnings';
import type { Warning } from '../warnings/warning';
import type { DiffLine } from './document';
import { createdLines, differenceLines, isNameOnly, nameOnlyLines, valueLines } from './difference-lines';
import { otherProvider } from './provider-names';
import { reasonText } from '../model/reasons';
import { ValuePrinter } from './value-printer';

const VERBS: Readonly<Record<Change['action'], string>> = {
  create: 'is created',
  change: 'is changed',
  replace: 'is replaced',
  recreate: 'is created anew; the old object leaves the state and stays in place',
  delete: 'is deleted',
  forget: 'is removed from the state only',
  read: 'is read during the apply',
  none: 'is unchanged',
};

const DRIFT_VERBS: Readonly<Partial<Record<Change['action'], string>>> = {
  change: 'was changed outside Terraform',
  delete: 'was deleted outside Terraform',
};

/** The lines of a change, and the names of its changed attributes, for example `rule` and `policy`. */
export interface ChangeDetail {
  readonly names: readonly string[];
  /** The first line is the heading. */
  readonly lines: readonly DiffLine[];
}

/** Formats the changes of one plan. It compares each change only once for all forms of a summary. */
export class PlanPrinter {
  private readonly details = new Map<Change, ChangeDetail>();

  constructor(
    readonly plan: Plan,
    readonly redactor: Redactor,
  ) {}

  warnings(): readonly Warning[] {
    return warningsOf(this.plan);
  }

  /** Formats the heading, the origin and the attributes of a resource. */
  change(change: Change): ChangeDetail {
    return this.cachedDetail(change, () => {
      const order = change.action === 'replace' ? (change.createFirst ? ' (created first)' : ' (deleted first)') : '';
      const provider = otherProvider(change);
      const withProvider = provider === undefined ? '' : ` with the provider ${lineText(provider)}`;
      const because = change.action === 'read' ? reasonText(change.reason) : undefined;
      const reason = because === undefined ? '' : `: ${because}`;
      return [
        heading(`${lineText(change.address)} ${VERBS[change.action]}${order}${withProvider}${reason}`),
        ...originLines(change, this.printer(change)),
      ];
    });
  }

  /** Formats a change that was made outside Terraform. */
  drift(change: Change): ChangeDetail {
    const verb = DRIFT_VERBS[change.action] ?? VERBS[change.action];
    return this.cachedDetail(change, () => [heading(`${lineText(change.address)} ${verb}`)]);
  }

  /** Formats the change of an output, without a heading. */
  output(change: Change): readonly DiffLine[] {
    const name = change.address.replace(/^output\./, '');
    const place: Place = { ...ROOT, path: memberPlace(ROOT, name).path };
    const { before, after } = change;
    const { lines } = this.compare(change, before ?? undefined, after ?? undefined, place);
    return [...lines, ...markLines(change, this.printer(change), (step) => `${place.path}${step && `.${step}`}`)];
  }

  /** Creates a printer for the values of a change. */
  printer({ hidden }: Change): ValuePrinter {
    return new ValuePrinter(this.redactor, hidden);
  }

  /** Formats a change once, and returns the same lines later. */
  private cachedDetail(change: Change, makeFirstLines: () => readonly DiffLine[]): ChangeDetail {
    const known = this.details.get(change);
    if (known) return known;
    const { names, lines } = this.attributes(change);
    const printer = this.printer(change);
    const more = [...markLines(change, printer), ...configuredLines(change, printer)];
    const detail = { names, lines: [...makeFirstLines(), ...lines, ...more] };
    this.details.set(change, detail);
    return detail;
  }

  private attributes(change: Change): ChangeDetail {
    const after = resolvePolicies(this.plan, change);
    const place = { ...ROOT, isPolicy: change.type === 'aws_iam_policy_document' };
    if (change.action === 'delete' || change.action === 'forget') return { names: [], lines: [] };
    if (change.action === 'create' || change.action === 'read') {
      return { names: [], lines: createdLines(after, place, this.printer(change)) };
    }
    return this.compare(change, change.before, after, place);
  }

  private compare(change: Change, before: Value | undefined, after: Value | undefined, place: Place): ChangeDetail {
    const printer = this.printer(change);
    const found = findDifferences(before, after, place, printer.isOpaque);
    const lines = found
      .filter((difference) => !isNameOnly(difference.after))
      .flatMap((difference) => differenceLines(difference, change.forcedBy, printer));
    const names = [...new Set(found.map(({ path }) => attributeName(path)))];
    return {
      names,
      lines: [
        ...lines,
        ...nameOnlyLines(
          found.map((difference) => [difference, difference.after]),
          printer,
        ),
      ],
    };
  }
}

function heading(text: string): DiffLine {
  return { sign: '@@', text };
}

/** Formats the move or import of a resource, its changed identity, and its generated configuration. */
function originLines(change: Change, printer: ValuePrinter): DiffLine[] {
  const { movedFrom, imported, identity, generatedConfig } = change;
  const at = (path: string): Place => ({ ...ROOT, path });
  const open = printer.withoutHidden();
  const lines: DiffLine[] = [];
  const origin = (text: string) => lines.push({ sign: ' ', text });
  if (movedFrom !== undefined) origin(`moved from ${lineText(movedFrom)}`);
  if (imported) origin(`imported from ${importText(imported, open)}`);
  const { before, after } = identity ?? {};
  if (after !== undefined && !isSame(before, after)) {
    lines.push(
      ...findDifferences(before, after, at('identity')).flatMap((difference) => differenceLines(difference, [], open)),
    );
  }
  if (generatedConfig !== undefined) {
    lines.push(...valueLines('+', at('generated configuration'), generatedConfig, open));
  }
  return lines;
}

/**
 * Formats the attributes that become sensitive, or are no longer sensitive. Without the mark, Terraform prints the value in its
 * logs.
 * @param pathOf returns the path of an attribute
 */
function markLines(
  { becameHidden, becameOpen }: Change,
  printer: ValuePrinter,
  pathOf: (name: string) => string = (name) => name,
): DiffLine[] {
  return [
    ...becameHidden.map((name) => `${pathOf(name)} becomes sensitive`),
    ...becameOpen.map((name) => `${pathOf(name)} is no longer sensitive`),
  ].map((text) => ({ sign: ' ', text: lineText(printer.redacted(text)) }));
}

/** Formats the references of values that the plan lacks, such as the role of a policy, and the write-only arguments. */
function configuredLines({ unresolved, writeOnly }: Change, printer: ValuePrinter): DiffLine[] {
  const references = unresolved.map((setting) => setting.replace(': ', ' from '));
  const constants = Object.keys(writeOnly).map((name) => `${name}: (sensitive value, write-only)`);
  return [...references, ...constants].map((text) => ({ sign: ' ', text: lineText(printer.redacted(text)) }));
}

/** Formats the id or the identity of an imported resource. */
function importText({ id, identity }: NonNullable<Change['imported']>, printer: ValuePrinter): string {
  if (identity !== undefined) return printer.line(identity, ROOT);
  return id === undefined ? (UNKNOWN.description ?? '') : lineText(printer.redacted(id));
}
