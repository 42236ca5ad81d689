/** Formats the parts of policies. Hides each part of a sensitive policy that could be a secret. */
import { hiddenMember, type Hidden } from '../model/hidden';
import type { Plan } from '../model/plan';
import { isList, isObject, UNKNOWN, type Value } from '../model/value';
import { Redactor } from '../redact/redactor';
import type { Part } from './warning';

export type PolicyElement = 'action' | 'principal' | 'resource' | 'condition' | 'statement';

/** Formats a member of a statement. */
export type ShowMember = (value: Value, element: PolicyElement) => Part;

export const HIDDEN_PART = '(sensitive)';

/** Shows every member whole. */
export const showOpen: ShowMember = (value) => (value === UNKNOWN ? '(known after apply)' : { value, of: 'policy' });

/** IAM's grammar of the elements. A text with another form could be a secret. */
const GRAMMAR: Readonly<Partial<Record<PolicyElement, RegExp>>> = {
  action: /^(\*|[a-z0-9-]{2,32}:[A-Za-z0-9*?]{1,64})$/,
  principal:
    /^(\*|AWS:(\d{12}|arn:aws[\w-]*:(iam|sts)::\d{12}:[\w+=,.@/-]+)|Service:[a-z0-9.-]+\.amazonaws\.com(\.cn)?)$/,
};

/**
 * Shows the members of a sensitive policy that follow IAM's grammar and contain no secret. A resource is shown if it is
 * `*`, or if it also occurs at a place of the plan that is not sensitive.
 */
export function showSensitive(plan: Plan): ShowMember {
  return (value, element) => {
    if (value === UNKNOWN) return '(known after apply)';
    if (typeof value !== 'string') return HIDDEN_PART;
    const isReadable =
      element === 'resource' ? value === '*' || openTexts(plan).has(value) : GRAMMAR[element]?.test(value) === true;
    return isReadable && !containsSecret(value, plan) ? { value, of: 'policy' } : HIDDEN_PART;
  };
}

const redactors = new WeakMap<Plan, Redactor>();

function containsSecret(text: string, plan: Plan): boolean {
  const redactor = redactors.get(plan) ?? new Redactor(plan.secrets);
  redactors.set(plan, redactor);
  return redactor.redact(text) !== text;
}

const textsByPlan = new WeakMap<Plan, ReadonlySet<string>>();

/** Collects the texts at places of the plan that are not sensitive. */
function openTexts(plan: Plan): ReadonlySet<string> {
  const known = textsByPlan.get(plan);
  if (known) return known;
  const texts = new Set<string>();
  for (const { before, after, hidden } of [...plan.changes, ...plan.reads, ...plan.outputs, ...plan.drift]) {
    collectTexts(before, hidden, texts);
    collectTexts(after, hidden, texts);
  }
  textsByPlan.set(plan, texts);
  return texts;
}

function collectTexts(value: Value, hidden: Hidden, texts: Set<string>): void {
  if (hidden === true) return;
  if (typeof value === 'string') texts.add(value);
  else if (isList(value)) value.forEach((part, index) => collectTexts(part, hiddenMember(hidden, index), texts));
  else if (isObject(value)) {
    for (const [key, part] of Object.entries(value)) collectTexts(part, hiddenMember(hidden, key), texts);
  }
}
