/** Replaces sensitive values with marks, for code that prints values and knows nothing of `Change.hidden`. */
import { type Hidden, hiddenMember } from '../model/hidden';
import type { Change, Plan } from '../model/plan';
import { createPlanIndex } from '../model/plan-index';
import { attribute, isList, isObject, isSame, UNKNOWN, type Value } from '../model/value';

/** Replaces a sensitive value. In `after` it means that the value does not change. */
export const SENSITIVE = Symbol('(sensitive value)');
/** Replaces a sensitive value in `after` that differs from the value in `before`. */
export const SENSITIVE_CHANGED = Symbol('(sensitive value, changed)');

const maskedPlans = new WeakMap<Plan, Plan>();

/** @returns the plan without sensitive values. They are replaced where they are marked, and in texts that contain them */
export function maskedPlan(plan: Plan): Plan {
  const known = maskedPlans.get(plan);
  if (known) return known;
  const secrets = plan.secrets.filter(canBeSecret);
  const mask = (change: Change) => maskChange(change, secrets);
  const lists = {
    changes: plan.changes.map(mask),
    reads: plan.reads.map(mask),
    outputs: plan.outputs.map(mask),
    drift: plan.drift.map(mask),
  };
  const masked: Plan = { ...plan, ...lists, index: createPlanIndex({ ...plan, ...lists }) };
  maskedPlans.set(plan, masked);
  maskedPlans.set(masked, masked);
  return masked;
}

/** Whether a text is hidden inside other texts too: not short, and no number, version or ARN. */
function canBeSecret(text: string): boolean {
  return text.length >= 12 && !/^([\d.-]+|arn:.*)$/.test(text);
}

function maskChange(change: Change, secrets: readonly string[]): Change {
  const { before, after, hidden } = change;
  const maskBefore: MaskOptions = { secrets, chooseMark: () => SENSITIVE };
  const maskAfter: MaskOptions = {
    secrets,
    chooseMark: (value, other) => (value === UNKNOWN ? UNKNOWN : isSame(value, other) ? SENSITIVE : SENSITIVE_CHANGED),
  };
  return {
    ...change,
    before: before === null ? null : maskValue(before, after, hidden, maskBefore),
    after: after === null ? null : maskValue(after, before, hidden, maskAfter),
  };
}

interface MaskOptions {
  readonly secrets: readonly string[];
  /** Chooses the mark for a sensitive value. */
  readonly chooseMark: (value: Value, other: Value | undefined) => Value;
}

/** Masks `value`; `other` is the value on the other side of the change, at the same path. */
function maskValue(value: Value, other: Value | undefined, hidden: Hidden, options: MaskOptions): Value {
  if (hidden === true || containsSecret(value, options) || containsSecret(other, options)) {
    return options.chooseMark(value, other);
  }
  if (isList(value)) {
    return value.map((part, index) =>
      maskValue(part, isList(other) ? other[index] : undefined, hiddenMember(hidden, index), options),
    );
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, part]): [string, Value] => [
    key,
    maskValue(part, attribute(other, key), hiddenMember(hidden, key), options),
  ]);
  return Object.fromEntries(members);
}

function containsSecret(value: Value | undefined, { secrets }: MaskOptions): boolean {
  return typeof value === 'string' && secrets.some((secret) => value.includes(secret));
}
