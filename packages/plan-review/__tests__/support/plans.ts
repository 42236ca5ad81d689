/** Makes plans for tests: recorded plans from fixtures/, and small plans from code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePlan, type Plan, summarize, type SummaryOptions } from '../../src';
import { createReviewKey, type ReviewKey } from '../../src/review/key';
import { reviewedStacks, totalDigest } from '../../src/review/record';
import type { RawChange, RawPlan, RawResource } from '../../src/read/schema';

export const FIXTURES = path.join(__dirname, '../fixtures');

/** A review key, for digests of plans with sensitive values. */
export const KEY = createReviewKey('0123456789abcdef'.repeat(4));

/** The names of the recorded plans: what the plan does, and its stack, such as `create-items`. */
export const fixtureNames = readdirSync(FIXTURES).map((file) => path.parse(file).name);

export function rawFixture(name: string): RawPlan {
  return JSON.parse(readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8')) as RawPlan;
}

/** A recorded plan. The last word of its name is the stack. */
export function fixture(name: string): Plan {
  return parsePlan(rawFixture(name), `${name}.json`, /[^-]+$/.exec(name)?.[0] ?? name);
}

export function rawPlan(...resources: readonly RawResource[]): RawPlan {
  return { format_version: '1.2', complete: true, errored: false, resource_changes: resources };
}

export function resource(type: string, change: RawChange, name = 'a'): RawResource {
  return { address: `${type}.${name}`, mode: 'managed', type, change };
}

/** Makes a plan of changes. A null `before` creates the resource, a null `after` deletes it. */
export function planWith(...changes: readonly (readonly [type: string, before: unknown, after: unknown])[]): Plan {
  const resources = changes.map(([type, before, after], index) => {
    const actions = before === null ? ['create'] : after === null ? ['delete'] : ['update'];
    return resource(type, { actions, before, after } as RawChange, `r${index}`);
  });
  return parsePlan(rawPlan(...resources), 'plan.json', 'stack');
}

/** A summary that is made with KEY. */
export const summarizeWithKey = (plans: readonly Plan[], options: SummaryOptions = {}) =>
  summarize(plans, { key: KEY, ...options });

/** The digest over plans of different stacks. */
export const digestOfPlans = (plans: readonly Plan[], key: ReviewKey | undefined) =>
  totalDigest(reviewedStacks(plans, key));

/** The digest of a plan's JSON. */
export const digestOf = (raw: object, key = KEY) => digestOfPlans([parsePlan(raw, 'plan.json', 'stack')], key);
