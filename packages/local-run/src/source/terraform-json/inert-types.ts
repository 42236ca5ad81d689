/** Resource types that the local run leaves out without a 501, and the line that lists them. */

import { FAMILIES, KINDS, NOTES } from './inert-kinds';

const KIND_OF_TYPE = new Map(Object.entries(KINDS).flatMap(([kind, types]) => types.map((type) => [type, kind])));

export function isInertType(type: string): boolean {
  return kindOf(type) !== undefined;
}

function kindOf(type: string): string | undefined {
  const known = KIND_OF_TYPE.get(type);
  if (known !== undefined) return known;
  return Object.entries(FAMILIES).find(([start]) => type.startsWith(start))?.[1];
}

/**
 * @param types the type of each resource, and `check` or `module` for other blocks
 * @returns a phrase for each kind: `6 alarms`, `1 aws_sqs_queue`
 */
export function kindsOf(types: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const type of types) {
    const kind = kindOf(type) ?? type;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}${NOTES[kind] ?? ''}`);
}

function plural(kind: string): string {
  // A type of the provider, such as aws_sqs_queue.
  if (kind.includes('_')) return kind;
  if (/(s|x|ch)$/.test(kind)) return `${kind}es`;
  return kind.endsWith('y') && !kind.endsWith('ay') && !kind.endsWith('ey') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
