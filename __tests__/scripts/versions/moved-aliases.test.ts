/** Aliases that moved between the plan and the apply. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { refuseMovedAliases } from '../../../scripts/versions/moved-aliases';

let folder: string;

beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'aliases-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const GROUP = {
  address: 'aws_codedeploy_deployment_group.function',
  type: 'aws_codedeploy_deployment_group',
  change: { actions: ['no-op'], after: { app_name: 'orders-api', deployment_group_name: 'orders' } },
};

/** Checks a plan with the alias at version 7. @param now the version of the alias in Lambda */
function check(now: string, action: string, groups: readonly object[] = []): Promise<void> {
  const json = path.join(folder, 'plan.json');
  const attributes = { name: 'live', function_name: 'orders', function_version: '7' };
  const after = action === 'delete' ? null : attributes;
  const alias = {
    address: 'aws_lambda_alias.function',
    type: 'aws_lambda_alias',
    change: { actions: [action], before: action === 'create' ? null : attributes, after },
  };
  writeFileSync(json, JSON.stringify({ resource_changes: [alias, ...groups] }));
  const live = () => Promise.resolve({ version: now, weighted: [], revision: undefined });
  return refuseMovedAliases([{ stack: 'orders', json, changes: true }], { live });
}

test.each<[string, string, readonly object[]]>([
  ['6', 'update', []],
  ['8', 'update', []],
  ['6', 'no-op', [GROUP]],
])('an alias at version %s with the action %s and the groups %j is refused', async (now, action, groups) => {
  await expect(check(now, action, groups)).rejects.toThrow(
    `Nothing was deployed: live of orders was at version 7 when orders was planned, and is at version ${now} now.`,
  );
});

test.each<[string, string, readonly object[]]>([
  ['7', 'update', []],
  ['6', 'no-op', []],
  ['6', 'create', [GROUP]],
  ['6', 'delete', [GROUP]],
  ['7', 'no-op', [GROUP]],
  ['8', 'no-op', [GROUP]],
])('an alias at version %s with the action %s and the groups %j is accepted', async (now, action, groups) => {
  await expect(check(now, action, groups)).resolves.toBeUndefined();
});
