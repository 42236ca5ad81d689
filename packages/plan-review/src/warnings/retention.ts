/** Warns of data, backups and deleted keys that are kept for a shorter time. */
import { formatPath } from '../model/path';
import type { Change, ValuePath } from '../model/plan';
import { attribute, numberOf, parseJsonText, UNKNOWN, type Value } from '../model/value';
import { changedSettings, isRewritten, type Setting, settingsBetween } from './settings';
import { name, rule, text, value } from './warning';

/** Settings that keep something for a time or a number of copies, on any resource. */
const RETENTION =
  /reten|retain|delete_after|expiration_days|backtrack_window|backup\w*_(days|period|limit)|snapshot\w*_(days|limit)|recovery_period_in_days|(record|event)_age_in_seconds|retry_attempts|max_snapshot_age_hours|min_snapshots_to_keep|unreferenced_days|non_current_days|messageretentionperiod|minindexretention/i;
/** Settings that keep a deleted key or secret for a time, in which it can be restored. */
const RECOVERY =
  /recovery_window|deletion_window|deletion_time|(default|minimum)_retention|min_retention_days|retention_lock/;
/** Maximum of a time that users choose. A smaller maximum does not shorten a time that is already chosen. */
const CHOICE = /max(imum)?_retention/;

/** Settings that mean 0 when somebody removes them: AWS makes no more copies. */
const COPIES =
  /(^|\.|_)(backup|snapshot)_retention_(period|limit)$|^automated_snapshot_retention_period$|^archive_policy\.MessageRetentionPeriod$/;

/** Minimum times of a lock. When somebody removes them, there is no lock. */
const LOCKS = /minimum_retention|min_retention_days|retention_lock/;

/** Values that mean forever, beside negative numbers. */
const FOREVER: readonly { readonly type: RegExp; readonly name: RegExp; readonly value: number | 'absent' }[] = [
  { type: /^aws_cloudwatch_log_group$/, name: /^retention_in_days$/, value: 0 },
  { type: /^aws_cloudwatch_event_archive$/, name: /^retention_days$/, value: 0 },
  { type: /^aws_backup_plan$/, name: /^delete_after$/, value: 'absent' },
  { type: /^aws_opensearchserverless_lifecycle_policy$/, name: /^MinIndexRetention$/, value: 'absent' },
];

export const retentionRule = rule('data', (change) =>
  shorterTimes(change, RETENTION)
    .filter(({ path }) => !RECOVERY.test(formatPath(path)))
    .map(({ path, before, after, wasForever }) => {
      const times = text`${value(after, path)}${unitOf(path)} instead of ${wasForever ? 'forever' : value(before, path)}`;
      if (change.type === 'aws_cloudwatch_log_group') {
        return text`keeps logs for ${times}: older log lines will be lost`;
      }
      const setting = name(formatPath(path));
      if (formatPath(path).includes('retry_attempts'))
        return text`tries failed events again less often: ${setting} is ${times}`;
      return text`keeps less data: ${setting} is ${times}. Older data will be lost`;
    }),
);

/** Returns the unit in the name of a setting, such as `days` in `retention_in_days`. */
function unitOf(path: ValuePath): string {
  const unit = /(?<=_)(days|hours|minutes|seconds)$/.exec(String(path.at(-1)))?.[0];
  return unit === undefined ? '' : ` ${unit}`;
}

export const recoveryRule = rule('protection', (change) =>
  shorterTimes(change, RECOVERY).map(({ path, before, after }) => {
    const setting = name(formatPath(path));
    const start = LOCKS.test(formatPath(path))
      ? 'locks data or backups for a shorter time'
      : 'can be restored for a shorter time';
    return after === undefined || after === null
      ? text`${start}: ${setting} is removed, which was ${value(before, path)}`
      : text`${start}: ${setting} is ${value(after, path)} instead of ${value(before, path)}`;
  }),
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
  return [...changedSettings(change), ...documentSettings(change)]
    .filter(({ path, after }) => names.test(formatPath(path)) && !CHOICE.test(formatPath(path)) && after !== UNKNOWN)
    .flatMap(({ path, name: last, before, after }) => {
      const forever = FOREVER.find(({ type, name: pattern }) => type.test(change.type) && pattern.test(last))?.value;
      const oldTime = timeOf(before, forever);
      const isRemoved = (after ?? null) === null && (COPIES.test(formatPath(path)) || LOCKS.test(formatPath(path)));
      const newTime = isRemoved ? 0 : timeOf(after, forever);
      if (oldTime === undefined || newTime === undefined || newTime >= oldTime) return [];
      return [{ path, before, after, wasForever: oldTime === Infinity }];
    });
}

/** Documents that contain a retention: JSON, or the properties of Kafka. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  aws_msk_configuration: 'server_properties',
  aws_opensearchserverless_lifecycle_policy: 'policy',
  aws_sns_topic: 'archive_policy',
};

function documentSettings({ type, before, after }: Change): readonly Setting[] {
  const name = Object.hasOwn(DOCUMENTS, type) ? DOCUMENTS[type] : undefined;
  if (name === undefined || attribute(after, name) === UNKNOWN) return [];
  const [oldDocument, newDocument] = [before, after].map((side) => {
    const document = attribute(side, name);
    return parseJsonText(document) ?? propertiesOf(document);
  });
  return settingsBetween(oldDocument, newDocument, [name]);
}

/** Reads the lines `log.retention.hours=168`. */
function propertiesOf(text: Value | undefined): Value {
  const lines = typeof text === 'string' ? text.split('\n') : [];
  return Object.fromEntries(
    lines.flatMap((line) =>
      [...line.matchAll(/^\s*([\w.]+)\s*=\s*(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
    ),
  );
}

/** The number of a time, in hours for a text such as `24h` or `7d`. @returns undefined for another text */
function numberOfTime(time: Value | undefined): number | undefined {
  const [, number, unit] = (typeof time === 'string' ? /^(-?\d+)([hd]?)$/.exec(time) : null) ?? [];
  return number === undefined ? numberOf(time) : Number(number) * (unit === 'd' ? 24 : 1);
}

/** @returns undefined for an absent value whose default is not known */
function timeOf(time: Value | undefined, forever: number | 'absent' | undefined): number | undefined {
  const number = numberOfTime(time);
  if (number === undefined) return forever === 'absent' && (time === undefined || time === null) ? Infinity : undefined;
  return number === forever || number < 0 ? Infinity : number;
}
