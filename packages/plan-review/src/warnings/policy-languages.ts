/** Warns of policies in a language that no rule compares, such as Cedar. */
import { formatPath } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { hasPolicyName } from '../model/policy-names';
import { attribute, isEmpty, parseJsonText, type Value } from '../model/value';
import { parsePolicy } from '../policy/statements';
import { changedSettings, isRewritten, plainText, type Setting } from './settings';
import { isDocument } from './unread-documents';
import { name, rule, text } from './warning';

/** Names of documents in resources whose type ends in `_policy`. */
const DOCUMENT_NAME = /^(policy|definition|content|statement|document|rules)$/;
/** Policies that give nobody access, or that other rules compare. */
const CHECKED_ELSEWHERE =
  /^aws_(ecr|ecrpublic|dlm|imagebuilder|backup|(app)?autoscaling|emr|opensearchserverless|config_|route53_traffic|cloudwatch_log_index)/;
/** Policies of an organization that do not limit access. */
const ORGANIZATION = /^(TAG|BACKUP|AISERVICES_OPT_OUT|CHATBOT)_POLICY$/;

export const policyLanguagesRule = rule('hidden', (change, plan) => {
  if (!isRewritten(change) && !isPartOfExisting(change, plan)) return [];
  return changedSettings(change)
    .filter((setting) => isUnreadPolicy(setting, change))
    .map(
      ({ path }) => text`has a policy in ${name(formatPath(path))} that is not an IAM policy: review who gets access`,
    );
});

/** Whether the plan adds a policy to a resource that exists already. */
function isPartOfExisting(change: Change, plan: Plan): boolean {
  return change.action === 'create' && plan.index.parent(change) === 'existing';
}

function isUnreadPolicy(setting: Setting, change: Change): boolean {
  const { name: last, path, after } = setting;
  const { type } = change;
  const isNamed = hasPolicyName(path) || (type.endsWith('_policy') && DOCUMENT_NAME.test(last));
  if (!isNamed || CHECKED_ELSEWHERE.test(type) || isDocument(setting, change)) return false;
  if (ORGANIZATION.test(plainText(attribute(change.after, 'type')))) return false;
  return isForeignDocument(after);
}

/** Whether a text is a document in another language than IAM's. hidden-policies.ts warns of damaged JSON. */
function isForeignDocument(after: Value | undefined): boolean {
  if (typeof after !== 'string' || /^[\w+=,.@:/-]*$/.test(after)) return false;
  const json = parseJsonText(after);
  return json === undefined ? !/^\s*[[{]/.test(after) : !isEmpty(json) && parsePolicy(json) === undefined;
}
