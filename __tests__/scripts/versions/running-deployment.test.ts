/** The lock of a stack's state, and aliases that have moved since a plan. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StateBucketError } from '../../../scripts/terraform/state-objects';
import { refuseMovedAliases } from '../../../scripts/versions/moved-aliases';
import { refuseRunningDeployment } from '../../../scripts/versions/running-deployment';
import { readLocation } from '../../../stacks/settings';

const LOCK = JSON.stringify({ Operation: 'OperationTypeApply', Who: 'ci@runner', Created: '2026-11-29T20:10:00Z' });
const BUCKET = readLocation({ stateBucket: 'states', namePrefix: 'acme', environment: 'staging' }, {});

let folder: string;

beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'locks-'))));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

const inBucket = (objects: Readonly<Record<string, string>>) =>
  refuseRunningDeployment('orders', BUCKET, { read: (key) => Promise.resolve(objects[key]) }, folder);
const inFile = (stack: string) =>
  refuseRunningDeployment(stack, readLocation({}, {}), { read: () => Promise.reject(new Error('no bucket')) }, folder);

test('a lock in the bucket is refused with its holder', async () => {
  await expect(inBucket({ 'acme/staging/orders/terraform.tfstate.tflock': LOCK })).rejects.toThrow(
    'A command holds the lock of the stack orders: OperationTypeApply by ci@runner since 2026-11-29T20:10:00Z. A running deployment ' +
      'would move the alias to the newest version again. Wait for its end, or stop it. If no command is running, repeat the rollback ' +
      'with --ignore-lock.',
  );
  await expect(inBucket({ 'acme/staging/items/terraform.tfstate.tflock': LOCK })).resolves.toBeUndefined();
});

test('a lock that is not JSON is refused too', async () => {
  await expect(inBucket({ 'acme/staging/orders/terraform.tfstate.tflock': 'x' })).rejects.toThrow(
    'A command holds the lock of the stack orders. A running deployment',
  );
});

test('a local lock is refused', async () => {
  await expect(inFile('orders')).resolves.toBeUndefined();
  writeFileSync(path.join(folder, '.terraform.orders.tfstate.lock.info'), LOCK);
  await expect(inFile('orders')).rejects.toThrow('OperationTypeApply by ci@runner');
});

test('without permission to read the lock, the rollback goes on with a warning', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const denied = { read: () => Promise.reject(new StateBucketError('Cannot read x: AccessDenied')) };
  await refuseRunningDeployment('orders', BUCKET, denied, folder);
  expect(warn).toHaveBeenCalledWith(
    'Cannot see whether a deployment of orders is running: Cannot read x: AccessDenied',
  );
});

describe('an alias that has moved since the plan', () => {
  const plan = (actions: readonly string[], planned: string, name = 'live') => {
    const json = path.join(folder, 'plan.json');
    const before = { name, function_name: 'orders-get', function_version: planned };
    const change = { address: 'aws_lambda_alias.get', type: 'aws_lambda_alias', change: { actions, before } };
    writeFileSync(json, JSON.stringify({ resource_changes: [change] }));
    return [{ stack: 'orders', json, changes: true }];
  };
  const versions = { live: () => Promise.resolve({ version: '6', weighted: [], revision: undefined }) };

  test('is refused before the apply', async () => {
    await expect(refuseMovedAliases(plan(['update'], '7'), versions)).rejects.toThrow(
      'Nothing was deployed: live of orders-get was at version 7 when orders was planned, and is at version 6 now.',
    );
  });

  test.each([
    ['has not moved', ['update'], '6', 'live'],
    ['stays in the plan', ['no-op'], '7', 'live'],
    ['has another name', ['update'], '7', 'beta'],
  ])('is accepted when it %s', async (_, actions, planned, name) => {
    await expect(refuseMovedAliases(plan(actions, planned, name), versions)).resolves.toBeUndefined();
  });
});
