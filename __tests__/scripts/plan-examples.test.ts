/** The examples in docs/plans are summaries of recorded plans. UPDATE_EXAMPLES=1 writes the files. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createReviewKey, readPlan, summarize } from 'plan-review';

const ROOT = path.join(__dirname, '../..');
const RECORDED = path.join(ROOT, 'packages/plan-review/__tests__/fixtures');
const KEY = createReviewKey('0123456789abcdef'.repeat(4));
const COMMIT = '5b0c1f2e3d4a59687f6e5d4c3b2a190817263544';

/** The stacks with a recorded plan `<plan>-<stack>.json`. */
function stacksOf(plan: string): string[] {
  return readdirSync(RECORDED)
    .filter((name) => name.startsWith(`${plan}-`) && name.endsWith('.json'))
    .map((name) => name.slice(plan.length + 1, -'.json'.length))
    .sort();
}

test.each([
  ['create-all', 'create'],
  ['change-a-setting', 'setting'],
  ['replace-a-table', 'replace-table'],
])('docs/plans/%s.md is the summary of the recorded plans %s', (name, recorded) => {
  const file = path.join(ROOT, `docs/plans/${name}.md`);
  const plans = stacksOf(recorded).map((stack) => readPlan(path.join(RECORDED, `${recorded}-${stack}.json`), stack));
  const summary = summarize(plans, { commit: COMMIT, key: KEY });
  if (process.env['UPDATE_EXAMPLES'] === '1') writeFileSync(file, summary);
  expect(summary).toBe(readFileSync(file, 'utf8'));
});
