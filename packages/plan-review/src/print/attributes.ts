/** Formats the attributes of a change as lines of a diff block. */
import { type Difference, findDifferences, splitIntoLeaves } from '../model/differences';
import { attributeName, formatPath, isWithin } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { isEmpty, isObject, parseJsonText, REFORMATTED, UNKNOWN, type Value } from '../model/value';
import { resolvePolicies } from '../policy/data-source';
import { isTooLong, lineText, valueText } from '../escape';

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

/** Stands for the id of an imported resource that is not known yet. */
export const UNKNOWN_ID = '(known after apply)';

const DRIFT_VERBS: Readonly<Partial<Record<Change['action'], string>>> = {
  change: 'was changed outside Terraform',
  delete: 'was deleted outside Terraform',
};

/**
 * Formats a change: `@@ address @@`, then `- path: old` and `+ path: new`. The first two characters of a line never come
 * from a value, so no value can end the block.
 */
export function changeLines(plan: Plan, change: Change): string[] {
  const order = change.action === 'replace' ? (change.createFirst ? ' (created first)' : ' (deleted first)') : '';
  const origins = [
    ...(change.movedFrom === undefined ? [] : [`  moved from ${lineText(change.movedFrom)}`]),
    ...(change.imported === undefined ? [] : [`  imported from ${lineText(change.imported.id ?? UNKNOWN_ID)}`]),
  ];
  return [
    `@@ ${lineText(change.address)} ${VERBS[change.action]}${order} @@`,
    ...origins,
    ...attributeLines(plan, change),
  ];
}

/** Formats a change that was made outside Terraform. */
export function driftLines(plan: Plan, change: Change): string[] {
  return [
    `@@ ${lineText(change.address)} ${DRIFT_VERBS[change.action] ?? VERBS[change.action]} @@`,
    ...attributeLines(plan, change),
  ];
}

/** Formats the change of an output. */
export function outputLines({ address, before, after }: Change): string[] {
  const name = address.replace(/^output\./, '');
  return findDifferences(before ?? undefined, after ?? undefined, name).flatMap((difference) =>
    differenceLines(difference, []),
  );
}

/** The names of the changed attributes: `rule`, `policy`. */
export function changedAttributes(plan: Plan, change: Change): string[] {
  const found = findDifferences(change.before, resolvePolicies(plan, change));
  return [...new Set(found.map(({ path }) => attributeName(path)))];
}

function attributeLines(plan: Plan, change: Change): string[] {
  const after = resolvePolicies(plan, change);
  if (change.action === 'create') return createdLines(after);
  if (change.action === 'delete' || change.action === 'forget') return [];
  const found = findDifferences(change.before, after);
  const lines = found
    .filter((difference) => !isNameOnly(difference.after))
    .flatMap((difference) => differenceLines(difference, change.forcedBy));
  return [...lines, ...nameOnlyLines(found.map((difference) => [difference.path, difference.after]))];
}

function differenceLines({ path, before, after }: Difference, forcedBy: Change['forcedBy']): string[] {
  const forces = forcedBy.some((forced) => isWithin(path, formatPath(forced))) ? '  # forces replacement' : '';
  const lines = [...sideLines('-', path, before, after), ...sideLines('+', path, after, before)];
  return lines.map((line, index) => (index === lines.length - 1 ? line + forces : line));
}

function sideLines(sign: '-' | '+', path: string, value: Value | undefined, other?: Value): string[] {
  if (value === undefined || value === null) return [];
  const content = parseJsonText(value) ?? value;
  // A long value is split into one line for each leaf. A long text stays whole if the other side has a value to compare.
  const isSplit = isTooLong(content) && (isEmpty(other) || typeof content === 'object');
  const parts = isSplit ? splitIntoLeaves(content, path) : [];
  if (parts.length > 1) return parts.map((leaf) => `${sign} ${lineText(leaf.path)}: ${valueText(leaf.value)}`);
  return [`${sign} ${path === '' ? '' : `${lineText(path)}: `}${valueText(value, other ?? undefined)}`];
}

/** One line for each attribute of a new resource that has a value. */
function createdLines(after: Value): string[] {
  if (!isObject(after)) return [`+ ${valueText(after)}`];
  const attributes = Object.entries(after)
    .filter(([, value]) => !isEmpty(value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const known = attributes.filter(([, value]) => !isNameOnly(value));
  return [...known.flatMap(([name, value]) => sideLines('+', name, value)), ...nameOnlyLines(attributes)];
}

/** Whether to show only the attribute's name. The old value of a new id or ARN does not help a reader. */
function isNameOnly(value: Value | undefined): value is symbol {
  return value === UNKNOWN || value === REFORMATTED;
}

function nameOnlyLines(attributes: readonly (readonly [name: string, value: Value | undefined])[]): string[] {
  return [UNKNOWN, REFORMATTED].flatMap((mark) => {
    const names = attributes.filter(([, value]) => value === mark).map(([name]) => lineText(name));
    return wrapNames(names).map((line) => `  ${line}: ${mark.description ?? ''}`);
  });
}

const MAX_NAMES_LINE_CHARACTERS = 70;

/** Joins names into lines that need no scrolling. */
function wrapNames(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < MAX_NAMES_LINE_CHARACTERS)
      lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines;
}
