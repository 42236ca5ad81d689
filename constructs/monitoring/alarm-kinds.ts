/** The kinds of alarms. docs/operate.md has a section with a runbook for each kind. */

/** The resource whose name begins the alarm's name, and the default end of the name. */
const KINDS = {
  'server-errors': ['api', '5xx'],
  latency: ['api', 'latency'],
  'function-errors': ['function', 'errors'],
  'function-throttles': ['function', 'throttles'],
  'table-system-errors': ['table', 'system-errors'],
  'table-throttles': ['table', 'throttles'],
  drift: ['project', 'drift'],
  'drift-check': ['project', 'drift-check'],
} as const;

export type AlarmKind = keyof typeof KINDS;

export const ALARM_KINDS = Object.keys(KINDS) as readonly AlarmKind[];

/** Ends of alarms' names that replace the defaults. @example { 'server-errors': 'availability' } */
export type AlarmNames = Readonly<Partial<Record<AlarmKind, string>>>;

/** @returns the end of the name of an alarm */
export function nameEnd(kind: AlarmKind, names: AlarmNames): string {
  return names[kind] ?? KINDS[kind][1];
}

/** Returns two kinds of alarms that would have the same name. CloudWatch would keep only one of the alarms. */
export function equalNames(names: AlarmNames): readonly [AlarmKind, AlarmKind] | undefined {
  for (const [index, kind] of ALARM_KINDS.entries()) {
    const other = ALARM_KINDS.slice(index + 1).find(
      (next) => KINDS[next][0] === KINDS[kind][0] && nameEnd(next, names) === nameEnd(kind, names),
    );
    if (other) return [kind, other];
  }
  return undefined;
}
