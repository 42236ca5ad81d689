/** A state that OpenTofu encrypted looks like a state without resources. Every script that reads states refuses it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { destroyPreview } from '../../../scripts/preview/destroy';
import { findLeftoverStates } from '../../../scripts/terraform/leftover-states';
import { countResources } from '../../../scripts/terraform/local-state';
import { stackResources } from '../../../scripts/terraform/stack-state';
import { EncryptedStateError, parseState } from '../../../scripts/terraform/state-text';
import { liveFunctions } from '../../../scripts/versions/live-functions';
import { stateKey } from '../../../stacks/names';
import { readSettings } from '../../../stacks/settings';

/** The form of internal/encryption/base.go in OpenTofu 1.13. */
const ENCRYPTED = JSON.stringify({
  serial: 3,
  lineage: '0b1c',
  meta: { 'key_provider.pbkdf2.mine': 'e30=' },
  encrypted_data: 'AAAA',
  encryption_version: 'v0',
});

const SETTINGS = readSettings({ stateBucket: 'acme-states', namePrefix: 'acme', environment: 'pr-7' }, {});
const deleted: string[] = [];
const objects = {
  keys: () => Promise.resolve([stateKey(SETTINGS, 'items')]),
  list: () => Promise.resolve([]),
  read: () => Promise.resolve(ENCRYPTED),
  delete: (key: string) => Promise.resolve(void deleted.push(key)),
};

test('the error names the state and the remedy', () => {
  expect(() => parseState(ENCRYPTED, 's3://acme-states/a')).toThrow(
    "The state s3://acme-states/a is encrypted by OpenTofu, and scripts cannot read it. Turn off OpenTofu's state encryption",
  );
  expect(parseState('{ "resources": [] }', 'a')).toEqual({ resources: [] });
});

test('a rollback, a check and a plan refuse an encrypted state', async () => {
  await expect(stackResources('items', SETTINGS, objects)).rejects.toThrow(EncryptedStateError);
  await expect(liveFunctions('items', SETTINGS, objects)).rejects.toThrow(EncryptedStateError);
  await expect(findLeftoverStates(objects, SETTINGS, [])).rejects.toThrow(EncryptedStateError);
});

test('a preview with an encrypted state stays', async () => {
  const destroyStack = () => Promise.reject(new Error('destroyed'));
  await expect(destroyPreview(objects, SETTINGS, { destroyStack })).rejects.toThrow('is encrypted by OpenTofu');
  expect(deleted).toEqual([]);
});

test('a local file with an encrypted state is refused', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'state-'));
  try {
    const file = path.join(folder, 'terraform.items.tfstate');
    writeFileSync(file, ENCRYPTED);
    expect(() => countResources(file)).toThrow(EncryptedStateError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
