/** The attributes of a change, as lines of a diff block. */
import { type Difference, differences, leaves } from './differences';
import type { Change, Plan } from './model';
import { policiesResolved } from './policy-document';
import { isTooLong, lineText, valueText } from './text';
import { isEmpty, isObject, REWRITTEN, structure, UNKNOWN, type Value } from './value';

const VERBS: Readonly<Record<Change['action'], string>> = {
  create: 'is created',
  change: 'is changed',
  replace: 'is replaced',
  delete: 'is deleted',
  forget: 'is left as it is, and out of the state',
  read: 'is read during the apply',
  none: 'stays as it is',
};

const DRIFT: Readonly<Partial<Record<Change['action'], string>>> = {
  change: 'was changed outside Terraform',
  delete: 'was deleted outside Terraform',
};

/**
 * Lines for a diff block: `@@ address @@`, then `- path: old` and `+ path: new`. Each begins with two characters of ours, so
 * that none ends the block.
 */
export function detailLines(plan: Plan, change: Change): string[] {
  const order = change.action === 'replace' ? (change.createFirst ? ' (created first)' : ' (deleted first)') : '';
  const notes = [
    ...(change.movedFrom === undefined ? [] : [`  moved from ${lineText(change.movedFrom)}`]),
    ...(change.importedFrom === undefined ? [] : [`  imported from ${lineText(change.importedFrom)}`]),
  ];
  return [
    `@@ ${lineText(change.address)} ${VERBS[change.action]}${order} @@`,
    ...notes,
    ...attributeLines(plan, change),
  ];
}

/** The same of what has changed outside Terraform. */
export function driftLines(plan: Plan, change: Change): string[] {
  return [
    `@@ ${lineText(change.address)} ${DRIFT[change.action] ?? VERBS[change.action]} @@`,
    ...attributeLines(plan, change),
  ];
}

/** The attributes that differ, by their first names: `rule`, `policy`. */
export function changedNames(plan: Plan, change: Change): string[] {
  const paths = differences(change.before, policiesResolved(plan, change)).map(({ path }) => path);
  return [...new Set(paths.map((path) => /^[\w-]+/.exec(path)?.[0] ?? path))];
}

function attributeLines(plan: Plan, change: Change): string[] {
  const after = policiesResolved(plan, change);
  if (change.action === 'create') return createdLines(after);
  if (change.action === 'delete' || change.action === 'forget') return [];
  const found = differences(change.before, after);
  const lines = found
    .filter((difference) => !isRemark(difference.after))
    .flatMap((difference) => differenceLines(difference, change.forcedBy));
  return [...lines, ...remarkLines(found.map((difference) => [difference.path, difference.after]))];
}

/** Lines for an output, which has a value and no attributes. */
export function outputLines({ address, before, after }: Change): string[] {
  const name = address.replace(/^output\./, '');
  return differences(before ?? undefined, after ?? undefined, name).flatMap((difference) =>
    differenceLines(difference, []),
  );
}

function differenceLines({ path, before, after }: Difference, forcedBy: Change['forcedBy']): string[] {
  const forces = forcedBy.some((forced) => starts(path, pathText(forced))) ? '  # forces replacement' : '';
  const lines = [...sideLines('-', path, before, after), ...sideLines('+', path, after, before)];
  return lines.map((line, index) => (index === lines.length - 1 ? line + forces : line));
}

function sideLines(sign: '-' | '+', path: string, value: Value | undefined, other?: Value): string[] {
  if (value === undefined || value === null) return [];
  const held = structure(value) ?? value;
  // What has no counterpart, and is too long for a line, gets a line for each of its leaves.
  const parts = isTooLong(held) && (isEmpty(other) || typeof held === 'object') ? leaves(held, path) : [];
  if (parts.length > 1) return parts.map((leaf) => `${sign} ${lineText(leaf.path)}: ${valueText(leaf.value)}`);
  return [`${sign} ${path === '' ? '' : `${lineText(path)}: `}${valueText(value, other ?? undefined)}`];
}

/** A line for each attribute of something new, as far as it is set. */
function createdLines(after: Value): string[] {
  if (!isObject(after)) return [`+ ${valueText(after)}`];
  const attributes = Object.entries(after)
    .filter(([, value]) => !isEmpty(value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const known = attributes.filter(([, value]) => !isRemark(value));
  return [...known.flatMap(([name, value]) => sideLines('+', name, value)), ...remarkLines(attributes)];
}

/** What AWS sets anew (an id, an ARN) says nothing by its old value. */
function isRemark(value: Value | undefined): value is symbol {
  return value === UNKNOWN || value === REWRITTEN;
}

function remarkLines(attributes: readonly (readonly [name: string, value: Value | undefined])[]): string[] {
  return [UNKNOWN, REWRITTEN].flatMap((mark) => {
    const names = attributes.filter(([, value]) => value === mark).map(([name]) => lineText(name));
    return wrapped(names).map((line) => `  ${line}: ${mark.description ?? ''}`);
  });
}

/** Names in lines that need no scrolling. */
function wrapped(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < 70) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines;
}

/** `['rule', 0, 'days']` as `rule[0].days`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function starts(path: string, forced: string): boolean {
  return path === forced || path.startsWith(`${forced}.`) || path.startsWith(`${forced}[`);
}
