/** Warns of lifecycle rules of buckets that delete objects or versions, or delete them earlier. */
import type { Change, Plan, ValuePath } from '../model/plan';
import { attribute, canonicalJson, isEmpty, isSame, numberOf, toRecord, UNKNOWN, type Value } from '../model/value';
import { isWritten, plainText } from './settings';
import { type Check, type Part, rule, text, value } from './warning';
import { blocksAt, blocksOf } from './lists';
import { isMoved } from './moved';

export const lifecycleRule = rule('data', bucketRules);

const BUCKET_RULES = /^aws_s3(control)?_bucket_lifecycle_configuration$/;

interface LifecycleRule {
  readonly id: Value | undefined;
  readonly path: ValuePath;
  /** The objects that the rule applies to. */
  readonly scope: Scope;
  readonly expirations: readonly Expiration[];
}

interface Scope {
  readonly prefix: string;
  /** Tags and sizes, by name. */
  readonly limits: ReadonlyMap<string, string>;
}

interface Expiration {
  /** The deleted objects, for example `noncurrent versions`. */
  readonly deletedObjects: string;
  /** The setting that deletes them. */
  readonly setting: string;
  readonly limit: Value;
  /** The place of the limit. */
  readonly path: ValuePath;
  /** Number of the newest versions that the rule keeps. */
  readonly keptVersions: number;
}

/** The settings of a rule that delete objects or versions. A smaller number or an earlier date deletes more. */
const EXPIRATIONS: readonly (readonly [block: string, setting: string, deletedObjects: string])[] = [
  ['expiration', 'days', 'objects'],
  ['expiration', 'date', 'objects'],
  ['expiration', 'expired_object_delete_marker', 'delete markers without versions'],
  ['noncurrent_version_expiration', 'noncurrent_days', 'noncurrent versions'],
  ['noncurrent_version_expiration', 'days', 'noncurrent versions'],
];

function bucketRules(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before, after } = change;
  const key = BUCKET_RULES.test(type) ? 'rule' : type === 'aws_s3_bucket' ? 'lifecycle_rule' : undefined;
  if (key === undefined || !isWritten(change)) return [];
  // A new bucket has no objects that a rule could delete.
  if (action === 'create' && plan.index.parent(change) === 'new') return [];
  const oldRules = isMoved(change, plan) ? [] : enabledRules(before, key);
  return enabledRules(after, key).flatMap((lifecycle) => ruleTexts(lifecycle, oldRules));
}

function ruleTexts(lifecycle: LifecycleRule, oldRules: readonly LifecycleRule[]): ReturnType<Check> {
  // An old rule that applies to the same objects, or to more, deletes them already.
  const wider = oldRules.filter(({ scope }) => isWithin(lifecycle.scope, scope));
  return lifecycle.expirations.flatMap((expiration) => {
    const { deletedObjects, setting, limit, keptVersions } = expiration;
    const old = wider.flatMap(({ expirations }) =>
      expirations.filter((other) => other.setting === setting && other.deletedObjects === deletedObjects),
    );
    if (old.some((other) => !isEarlier(limit, other.limit) && keptVersions >= other.keptVersions)) return [];
    const [first] = old;
    const instead = first === undefined ? [] : text`, instead of${whenParts(first)}${keptParts(first.keptVersions)}`;
    const where = isEmpty(lifecycle.id) ? [] : text`, in the rule ${value(lifecycle.id, [...lifecycle.path, 'id'])}`;
    return [text`deletes ${deletedObjects}${whenParts(expiration)}${keptParts(keptVersions)}${instead}${where}`];
  });
}

function keptParts(keptVersions: number): readonly Part[] {
  return keptVersions === 0 ? [] : [`, except the newest ${keptVersions}`];
}

function whenParts({ setting, limit, path }: Expiration): readonly Part[] {
  if (setting === 'date') return text` from ${value(limit, path)}`;
  return setting.endsWith('days') ? text` after ${value(limit, path)} days` : [];
}

function isEarlier(limit: Value, old: Value): boolean {
  const [newNumber, oldNumber] = [numberOf(limit), numberOf(old)];
  if (newNumber !== undefined && oldNumber !== undefined) return newNumber < oldNumber;
  return typeof limit === 'string' && typeof old === 'string' ? limit < old : !isSame(limit, old);
}

function enabledRules(side: Value, key: string): LifecycleRule[] {
  return blocksAt(side, key)
    .filter(({ member }) => attribute(member, 'status') === 'Enabled' || attribute(member, 'enabled') === true)
    .map(({ member: rule, path }) => ({
      id: attribute(rule, 'id'),
      path,
      scope: scopeOf(rule),
      expirations: EXPIRATIONS.flatMap(([block, setting, deletedObjects]) =>
        blocksAt(rule, block, path)
          .map((settings) => ({ ...settings, limit: attribute(settings.member, setting) ?? null }))
          .filter(({ limit }) => !isEmpty(limit) && limit !== false && limit !== 0 && limit !== UNKNOWN)
          .map(({ member, path: blockPath, limit }) => ({
            ...{ deletedObjects, setting, limit, path: [...blockPath, setting] },
            keptVersions: numberOf(attribute(member, 'newer_noncurrent_versions')) ?? 0,
          })),
      ),
    }));
}

function scopeOf(rule: Value): Scope {
  const filters = blocksOf(rule, 'filter').flatMap((filter) => [filter, ...blocksOf(filter, 'and')]);
  const parts = [rule, ...filters];
  const prefix = parts.map((part) => attribute(part, 'prefix')).find((part) => typeof part === 'string' && part !== '');
  const limits = new Map<string, string>();
  for (const part of parts) {
    for (const tag of blocksOf(part, 'tag'))
      limits.set(`tag ${plainText(attribute(tag, 'key'))}`, plainText(attribute(tag, 'value')));
    for (const [tag, content] of Object.entries(toRecord(attribute(part, 'tags'))))
      limits.set(`tag ${tag}`, plainText(content));
    for (const size of ['object_size_greater_than', 'object_size_less_than']) {
      const bytes = attribute(part, size);
      if (!isEmpty(bytes) && plainText(bytes) !== '0') limits.set(size, canonicalJson(bytes ?? null));
    }
  }
  return { prefix: typeof prefix === 'string' ? prefix : '', limits };
}

/** Whether every object of a scope is in another scope too. */
function isWithin(scope: Scope, wide: Scope): boolean {
  return (
    scope.prefix.startsWith(wide.prefix) && [...wide.limits].every(([key, limit]) => scope.limits.get(key) === limit)
  );
}
