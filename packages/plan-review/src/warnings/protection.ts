/** Warns when data loses a protection, such as deletion protection, backups, versions or encryption, on any resource. */
import { formatPath } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, UNKNOWN, type Value } from '../model/value';
import { isForeign } from '../policy/principals';
import { type Member, membersAt, membersOf } from './lists';
import { isMoved } from './moved';
import { KEY, type Protection, PROTECTING, PROTECTIONS } from './protection-rows';
import { changedSettings, isRewritten, type Setting } from './settings';
import { type Check, name, rule, text, value, values } from './warning';

export const protectionRule = rule('protection', changedProtection, deletedProtection, fewerBackups, otherKey);

function changedProtection(change: Change): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  const texts = changedSettings(change).flatMap((setting) => {
    if (setting.after === UNKNOWN) return [];
    return protectionsOf(setting, change)
      .filter(({ isOn, isReplaced }) => !isOn(setting.after) && isReplaced?.(change.after) !== true)
      .map((protection) =>
        protection.consequence === undefined
          ? [protection.text ?? '']
          : text`sets ${name(setting.name)}: ${protection.consequence}`,
      );
  });
  return [...new Map(texts.map((parts) => [JSON.stringify(parts), parts])).values()];
}

/** Whether a switch protects data before the change. A key is not a switch: its id changes when the key is replaced. */
export function isProtected(setting: Setting, change: Change): boolean {
  return protectionsOf(setting, change).some(({ path }) => path !== KEY);
}

/** Whether a setting names the key of encrypted data. */
export function isKey({ path }: Setting): boolean {
  return KEY.test(formatPath(path.filter((step) => typeof step === 'string')));
}

/** Finds the protections that the setting has before the change. */
function protectionsOf({ path, before }: Setting, change: Change): readonly Protection[] {
  const steps = formatPath(path.filter((step) => typeof step === 'string'));
  return PROTECTIONS.filter(
    ({ type, path: pattern, isOn }) => type?.test(change.type) !== false && pattern.test(steps) && isOn(before),
  );
}

function deletedProtection(change: Change, plan: Plan): ReturnType<Check> {
  const consequence = Object.hasOwn(PROTECTING, change.type) ? PROTECTING[change.type] : undefined;
  if (consequence === undefined || (change.action !== 'delete' && !isMoved(change, plan))) return [];
  return plan.index.parent(change, 'before') === 'destroyed' ? [] : [[consequence]];
}

/** Warns of a backup plan that no longer includes a resource. */
function fewerBackups(change: Change): ReturnType<Check> {
  const { type, before, after } = change;
  if (type !== 'aws_backup_selection' || !isRewritten(change)) return [];
  const lost = [...missing(before, after, 'resources'), ...missing(after, before, 'not_resources')];
  return lost.length === 0 ? [] : [text`no longer makes backups of ${values(lost)}`];
}

/** Finds the members of a list that the other side lacks. A list with an unknown member can have them. */
function missing(side: Value, other: Value, key: string): readonly Member[] {
  const known = membersOf(attribute(other, key));
  if (known.includes(UNKNOWN)) return [];
  return membersAt(attribute(side, key), [key]).filter(({ member }) => !known.includes(member));
}

/** Warns of another key: whoever controls the key decides who can read the data. */
function otherKey(change: Change, plan: Plan): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  return changedSettings(change)
    .filter(isKey)
    .flatMap(({ path, before, after }) => {
      if (typeof before !== 'string' || typeof after !== 'string' || isEmpty(before) || isEmpty(after)) return [];
      const isOutside = after.startsWith('arn:') && plan.ownAccounts.size > 0 && isForeign(after, plan.ownAccounts);
      const whose = isOutside ? 'a key of another account' : 'another key';
      return [text`is encrypted with ${whose}: ${value(after, path)} instead of ${value(before, path)}`];
    });
}
