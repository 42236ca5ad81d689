/** Warns of sensitive values that change: nobody can review them. */
import { type Hidden, hiddenMember } from '../model/hidden';
import { formatPath } from '../model/path';
import type { Change, ValuePath } from '../model/plan';
import { attribute, isEmpty, isList, isSame, UNKNOWN, type Value } from '../model/value';
import { policyPlaces } from './policy-places';
import { join, name, rule, text } from './warning';
import { changedSettings, isRewritten } from './settings';

/** Warns of new values of write-only arguments. A plan contains only the version of such an argument. */
export const writeOnlyRule = rule('hidden', (change) => {
  if (!isRewritten(change)) return [];
  const versions = changedSettings(change).filter((setting) => setting.name.endsWith('_wo_version'));
  if (versions.length === 0) return [];
  const paths = versions.map(({ path }) => name(formatPath(path).replace(/_version$/, '')));
  return [text`sets values that a plan does not contain: ${join(paths)}`];
});

export const hiddenValuesRule = rule('hidden', (change, plan) => {
  if (!isRewritten(change)) return [];
  const policies = new Set(policyPlaces(change, plan).map(({ path }) => formatPath(path)));
  const paths = changedPaths(change, change.before, change.after, change.hidden, [])
    .map(formatPath)
    .filter((path) => !policies.has(path));
  if (paths.length === 0) return [];
  return [text`changes sensitive values that nobody can review: ${join([...new Set(paths)].map(name))}`];
});

function changedPaths(
  change: Change,
  before: Value | undefined,
  after: Value | undefined,
  hidden: Hidden,
  path: ValuePath,
): ValuePath[] {
  if (hidden === false) return [];
  if (hidden === true) {
    // AWS computes new values for a replaced resource.
    const isComputed = after === UNKNOWN && change.action !== 'change';
    return isComputed || isSame(before, after) || (isEmpty(before) && isEmpty(after)) ? [] : [path];
  }
  return Object.keys(hidden).flatMap((key) => {
    const step = isList(before) || isList(after) ? Number(key) : key;
    return changedPaths(change, memberOf(before, step), memberOf(after, step), hiddenMember(hidden, key), [
      ...path,
      step,
    ]);
  });
}

function memberOf(value: Value | undefined, step: string | number): Value | undefined {
  return isList(value) ? value[Number(step)] : attribute(value, String(step));
}
