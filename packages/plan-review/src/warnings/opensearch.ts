/** Warns of policies of OpenSearch Serverless, which are JSON lists without statements. */
import type { Change, Plan } from '../model/plan';
import { attribute, parseJsonText, type Value } from '../model/value';
import { isForeign } from '../policy/principals';
import { membersAt, membersOf } from './lists';
import { isWritten, type Setting, settingsBetween } from './settings';
import { type Check, name, rule, text, values } from './warning';

const POLICIES = /^aws_opensearchserverless_(access|security)_policy$/;
/** Lists of principals, permissions, resources and networks. A new member widens the policy. */
const GRANTS = /^(Principal|Permission|Resource|SourceVPCEs|SourceServices)$/;

export const openSearchRule = rule('access', (change, plan) => {
  if (!POLICIES.test(change.type) || !isWritten(change)) return [];
  const [before, after] = [change.before, change.after].map((side) => parseJsonText(attribute(side, 'policy')));
  return settingsBetween(before, after, ['policy']).flatMap((setting) => settingTexts(setting, change, plan));
});

function settingTexts({ name: last, path, before, after }: Setting, change: Change, plan: Plan): ReturnType<Check> {
  if (last === 'AllowFromPublic') {
    return after === true && before !== true ? [text`lets in the whole internet: ${name(last)}`] : [];
  }
  if (!GRANTS.test(last)) return [];
  // A new policy usually belongs to a new collection. It may let in the account's own principals.
  const isNew = change.action === 'create';
  const isRisk = (member: Value) =>
    !isNew || (last === 'Principal' && typeof member === 'string' && isForeign(member, plan.ownAccounts));
  const added = membersAt(after, path).filter(({ member }) => !membersOf(before).includes(member) && isRisk(member));
  return added.length === 0 ? [] : [text`adds ${values(added)} to ${name(last)}`];
}
