/** Warns of web ACLs that let in more requests. */
import type { Change, Plan } from '../model/plan';
import { attribute, isObject, isSame, numberOf, type Value } from '../model/value';
import { blocksAt, blocksOf } from './lists';
import { changedSettings, isRewritten } from './settings';
import { type Check, name, rule, text, value } from './warning';

const ACLS = /^aws_wafv2_(web_acl|rule_group)$/;

export const webAclRule = rule('access', defaultAction, weakenedRules, otherRules, rateLimits, removedAssociation);

function defaultAction(change: Change): ReturnType<Check> {
  if (!ACLS.test(change.type) || !isRewritten(change)) return [];
  const [before, after] = [change.before, change.after].map((side) => blocksOf(side, 'default_action')[0]);
  return has(before, 'block') && has(after, 'allow') && !has(after, 'block')
    ? [text`lets in requests that no rule blocks: ${name('default_action')} becomes allow`]
    : [];
}

/** Rules that no longer block: they are removed, or only count or allow. */
function weakenedRules(change: Change): ReturnType<Check> {
  if (!ACLS.test(change.type) || !isRewritten(change)) return [];
  const blocking = blocksOf(change.after, 'rule').filter(blocks);
  const known = new Set(blocking.map((member) => attribute(member, 'name')));
  return blocksAt(change.before, 'rule')
    .filter(({ member }) => blocks(member) && !known.has(attribute(member, 'name')))
    .map(
      ({ member, path }) =>
        text`no longer blocks requests with the rule ${value(attribute(member, 'name'), [...path, 'name'])}`,
    );
}

/** Whether a rule can block a request: by its action (block, captcha or challenge), or by the actions of its rule group. */
function blocks(aclRule: Value): boolean {
  const [action, override] = ['action', 'override_action'].map((key) => blocksOf(aclRule, key)[0]);
  return has(action, 'block') || has(action, 'captcha') || has(action, 'challenge') || has(override, 'none');
}

/** Warns of rules that can let in more requests than before. plan-review does not interpret their statements. */
function otherRules(change: Change): ReturnType<Check> {
  if (!ACLS.test(change.type) || !isRewritten(change)) return [];
  const known = new Map(blocksOf(change.before, 'rule').map((old) => [attribute(old, 'name'), old]));
  const rules = blocksAt(change.after, 'rule');
  const anyAllows = rules.some(({ member }) => allows(member));
  return rules
    .map(({ member, path }) => ({ old: known.get(attribute(member, 'name')), member, path }))
    .filter(({ old, member }) => canLetInMore(old, member, anyAllows))
    .map(
      ({ old, member, path }) =>
        text`${old === undefined ? 'adds' : 'changes'} the rule ${value(attribute(member, 'name'), [...path, 'name'])}: review which requests it lets in`,
    );
}

/** @param anyAllows whether the web ACL has a rule that allows requests: only then the order of its rules counts */
function canLetInMore(before: Value | undefined, after: Value, anyAllows: boolean): boolean {
  const differs = (key: string) => !isSame(attribute(before, key), attribute(after, key));
  const isBlock = before !== undefined && blocks(before);
  // weakenedRules warns of a rule that blocked.
  if (allows(after)) return !isBlock && ['action', 'priority', 'statement'].some(differs);
  if (!isBlock || !blocks(after)) return false;
  return !isSame(withoutLimit(before), withoutLimit(after)) || (anyAllows && differs('priority'));
}

function allows(aclRule: Value): boolean {
  return has(blocksOf(aclRule, 'action')[0], 'allow');
}

/** The statement of a rule without the limit of a rate. rateLimits compares the limits. */
function withoutLimit(aclRule: Value): Value | undefined {
  const [statement] = blocksOf(aclRule, 'statement');
  const [rate] = blocksOf(statement, 'rate_based_statement');
  return isObject(rate) ? { ...rate, limit: null } : statement;
}

function has(side: Value | undefined, block: string): boolean {
  return blocksOf(side, block).length > 0;
}

function rateLimits(change: Change): ReturnType<Check> {
  if (!ACLS.test(change.type) || !isRewritten(change)) return [];
  return changedSettings(change)
    .filter(({ name: last, path }) => last === 'limit' && path.includes('rate_based_statement'))
    .filter(({ before, after }) => (numberOf(after) ?? 0) > (numberOf(before) ?? Infinity))
    .map(
      ({ path, before, after }) =>
        text`lets in more requests of one caller: ${value(after, path)} instead of ${value(before, path)}`,
    );
}

const ASSOCIATIONS = /^aws_(wafv2|waf|wafregional)_web_acl_association$/;

function removedAssociation(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before } = change;
  if (!ASSOCIATIONS.test(type) || action !== 'delete') return [];
  const resource = attribute(before, 'resource_arn');
  // The resource can be deleted with its web ACL.
  const isDeleted = typeof resource === 'string' && deletedArns(plan).has(resource);
  return isDeleted ? [] : [text`is deleted: no rule filters requests to ${value(resource, ['resource_arn'])}`];
}

const deletedArnsByPlan = new WeakMap<Plan, ReadonlySet<Value>>();

function deletedArns(plan: Plan): ReadonlySet<Value> {
  const known = deletedArnsByPlan.get(plan);
  if (known) return known;
  const deleted = plan.changes.filter(({ action }) => action === 'delete');
  const arns = new Set(deleted.map(({ before }) => attribute(before, 'arn') ?? null));
  deletedArnsByPlan.set(plan, arns);
  return arns;
}
