/** Warns of policies that nobody can review: sensitive ones, texts that are not valid JSON, and policies that the plan lacks. */
import { hiddenAt } from '../model/hidden';
import { formatPath } from '../model/path';
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { isEmpty, isSame, UNKNOWN } from '../model/value';
import type { PolicyPlace } from '../policy/find';
import type { Statement } from '../policy/statements';
import { HIDDEN_PART, type ShowMember, showSensitive } from './policy-parts';
import { isTrust, policyPlaces, setsUnknownPolicy } from './policy-places';
import { statementParts } from './policy-texts';
import { join, name, type Part, rule, text } from './warning';
import { isWritten } from './settings';

export const hiddenPoliciesRule = rule('hidden', (change, plan) => {
  if (!isWritten(change)) return [];
  return policyPlaces(change, plan).flatMap((place) => [
    ...brokenText(place),
    ...unknownText(place, change, plan),
    ...(isSensitive(place, change) ? [sensitiveText(place, plan)] : []),
  ]);
});

function brokenText({ path, before, after, isBroken }: PolicyPlace): readonly (readonly Part[])[] {
  if (!isBroken || isSame(before, after)) return [];
  return [
    text`has an unreadable policy in ${name(formatPath(path))}: it is not valid JSON, has a duplicate key, or has statements that IAM does not accept. Nobody can review it`,
  ];
}

/** Types that are a policy. Their policy is an argument, which AWS never computes. */
const POLICY_TYPE = /_polic(y|ies)$/;

/** Warns of a policy of a new resource that the plan lacks. access-policies.ts warns of trust policies and existing resources. */
function unknownText(place: PolicyPlace, change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { path, after } = place;
  if (change.action !== 'create' || after !== UNKNOWN || isTrust(path) || plan.index.parent(change) !== 'new')
    return [];
  const isArgument =
    plan.references[configurationAddress(change.address)] !== undefined || POLICY_TYPE.test(change.type);
  if (!isArgument || !setsUnknownPolicy(place, change, plan)) return [];
  return [
    text`has a policy in ${name(formatPath(path))} that is known only after the apply: check in the code what it allows`,
  ];
}

/** Whether a sensitive policy changes, or a policy becomes sensitive. */
function isSensitive({ path, before, after }: PolicyPlace, change: Change): boolean {
  if (isEmpty(after) || !hiddenAt(change.hidden, path)) return false;
  return !isSame(before, after) || change.becameHidden.includes(String(path[0]));
}

function sensitiveText({ path, newPolicy: policy }: PolicyPlace, plan: Plan): readonly Part[] {
  const start = text`has a sensitive policy in ${name(formatPath(path))}`;
  if (policy === undefined) return [...start, ', which cannot be reviewed'];
  const statements = policy.map((statement) => statementText(statement, showSensitive(plan)));
  const shown = policy.length === 0 ? [' without statements'] : text`: it ${join(statements, '; it ')}`;
  const rest = statements.flat().includes(HIDDEN_PART) ? '. The hidden parts cannot be reviewed' : '';
  return [...start, ...shown, rest].filter((part) => part !== '');
}

function statementText(statement: Statement, show: ShowMember): readonly Part[] {
  const isDenial = statement.effect === 'Deny';
  if (!statement.negated) return text`${isDenial ? 'denies' : 'allows'} ${statementParts(statement, show)}`;
  const effect = isDenial ? 'a Deny' : 'an Allow';
  return text`has ${effect} statement with NotAction, NotResource or NotPrincipal: ${show(statement.source, 'statement')}`;
}
