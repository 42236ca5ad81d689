/** Warns of data, backups and deleted keys that are kept for a shorter time. */
import { formatPath } from '../model/path';
import type { Change, ValuePath } from '../model/plan';
import { numberOf, UNKNOWN, type Value } from '../model/value';
import { changedSettings, isRewritten, type Setting } from './settings';
import { name, rule, text, value } from './warning';

/** Settings that keep something for a time or a number of copies, on any resource. */
const RETENTION =
  /reten|retain|delete_after|expiration_days|lifecycle_configuration.*\.expiration.*\.days|backtrack_window|backup\w*_(days|period|limit)|snapshot\w*_(days|limit)|recovery_period_in_days|(record|event)_age_in_seconds/;
/** Settings that keep a deleted key or secret for a time, in which it can be restored. */
const RECOVERY =
  /recovery_window|deletion_window|deletion_time|(default|minimum)_retention|min_retention_days|retention_lock/;
/** Maximum of a time that users choose. A smaller maximum does not shorten a time that is already chosen. */
const CHOICE = /max(imum)?_retention/;

/** Settings that the provider sends as 0 when somebody removes them: AWS makes no more copies. */
const COPIES = /(^|\.|_)(backup|snapshot)_retention_(period|limit)$|^automated_snapshot_retention_period$/;

/** Values that mean forever. */
const FOREVER: readonly { readonly type: RegExp; readonly name: RegExp; readonly value: number | 'absent' }[] = [
  { type: /^aws_cloudwatch_log_group$/, name: /^retention_in_days$/, value: 0 },
  { type: /^aws_cloudwatch_event_archive$/, name: /^retention_days$/, value: 0 },
  { type: /^aws_backup_plan$/, name: /^delete_after$/, value: 'absent' },
  { type: /^aws_lambda_event_source_mapping$/, name: /^maximum_record_age_in_seconds$/, value: -1 },
];

export const retentionRule = rule('data', (change) =>
  shorterTimes(change, RETENTION)
    .filter(({ path }) => !RECOVERY.test(formatPath(path)))
    .map(({ path, before, after, wasForever }) => {
      const times = text`${value(after, path)}${unitOf(path)} instead of ${wasForever ? 'forever' : value(before, path)}`;
      if (change.type === 'aws_cloudwatch_log_group') {
        return text`keeps logs for ${times}: older log lines will be lost`;
      }
      return text`keeps less data: ${name(formatPath(path))} is ${times}. Older data will be lost`;
    }),
);

/** Returns the unit in the name of a setting, such as `days` in `retention_in_days`. */
function unitOf(path: ValuePath): string {
  const unit = /(?<=_)(days|hours|minutes|seconds)$/.exec(String(path.at(-1)))?.[0];
  return unit === undefined ? '' : ` ${unit}`;
}

export const recoveryRule = rule('protection', (change) =>
  shorterTimes(change, RECOVERY).map(
    ({ path, before, after }) =>
      text`can be restored for a shorter time: ${name(formatPath(path))} is ${value(after, path)} instead of ${value(before, path)}`,
  ),
);

interface ShorterTime {
  readonly path: ValuePath;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly wasForever: boolean;
}

/** Whether a setting keeps something for a time. */
export function isTime({ path }: Setting): boolean {
  const steps = formatPath(path);
  return (RETENTION.test(steps) || RECOVERY.test(steps)) && !CHOICE.test(steps);
}

function shorterTimes(change: Change, names: RegExp): ShorterTime[] {
  if (!isRewritten(change)) return [];
  return changedSettings(change)
    .filter(({ path, after }) => names.test(formatPath(path)) && !CHOICE.test(formatPath(path)) && after !== UNKNOWN)
    .flatMap(({ path, name: last, before, after }) => {
      const forever = FOREVER.find(({ type, name: pattern }) => type.test(change.type) && pattern.test(last))?.value;
      const oldTime = timeOf(before, forever);
      const newTime = after === null && COPIES.test(formatPath(path)) ? 0 : timeOf(after, forever);
      if (oldTime === undefined || newTime === undefined || newTime >= oldTime) return [];
      return [{ path, before, after, wasForever: oldTime === Infinity }];
    });
}

/** @returns undefined for an absent value whose default is not known */
function timeOf(time: Value | undefined, forever: number | 'absent' | undefined): number | undefined {
  const number = numberOf(time);
  if (number === undefined) return forever === 'absent' && (time === undefined || time === null) ? Infinity : undefined;
  return number === forever ? Infinity : number;
}
