/** The examples in docs/plans are the summaries of recorded plans of the three systems. UPDATE_EXAMPLES=1 writes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPlan, summarize } from 'plan-review';

const ROOT = path.join(__dirname, '../..');
const RECORDED = path.join(ROOT, 'packages/plan-review/__tests__/fixtures');
const COMMIT = '5b0c1f2e3d4a59687f6e5d4c3b2a190817263544';

test.each([
  ['create-all', 'create', ['items', 'manager', 'products']],
  ['change-a-setting', 'setting', ['items', 'manager', 'products']],
  ['replace-a-table', 'replace-table', ['items']],
])('docs/plans/%s.md is up to date', (name, recorded, stacks) => {
  const file = path.join(ROOT, `docs/plans/${name}.md`);
  const plans = stacks.map((stack) => readPlan(path.join(RECORDED, `${recorded}-${stack}.json`), stack));
  const summary = summarize(plans, { commit: COMMIT });
  if (process.env['UPDATE_EXAMPLES'] === '1') writeFileSync(file, summary);
  expect(summary).toBe(readFileSync(file, 'utf8'));
});
