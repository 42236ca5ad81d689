/** The examples in docs/plans are what the fixtures give today; UPDATE_EXAMPLES=1 writes them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { summarize } from '../src';
import { ROOT } from '../../../__tests__/support/local-run';
import { fixture } from './plans';

const FOLDER = path.join(ROOT, 'docs/plans');
const COMMIT = '5b0c1f2e3d4a59687f6e5d4c3b2a190817263544';

test.each([
  ['create-all', ['create-items', 'create-manager', 'create-products']],
  ['change-a-setting', ['setting-items', 'setting-manager', 'setting-products']],
  ['replace-a-table', ['replace-table-items']],
])('docs/plans/%s.md', (name, plans) => {
  const file = path.join(FOLDER, `${name}.md`);
  const text = summarize(plans.map(fixture), { commit: COMMIT });
  if (process.env['UPDATE_EXAMPLES'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
});
