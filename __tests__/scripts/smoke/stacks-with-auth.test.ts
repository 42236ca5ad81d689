/** Finds the stacks whose smoke test needs credentials. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stacksWithAuth, stacksWithTokens } from '../../../scripts/smoke/stacks-with-auth';
import { ROOT } from '../../support/local-run';

const NOTES = path.join(ROOT, 'examples/notes');

let app: string;

beforeAll(() => {
  app = mkdtempSync(path.join(os.tmpdir(), 'stacks-with-auth-'));
  const routes = {
    'GET /ledgers': { operation: 'list', auth: 'none' },
    'GET /ledgers/{id}': { operation: 'read' },
  };
  const ledgers = { name: 'ledgers', gateway: 'http-api', key: 'id', item: {}, auth: { default: 'iam' }, routes };
  writeFileSync(path.join(app, 'contract.ts'), `export const ledgers = ${JSON.stringify(ledgers)};\n`);
});

afterAll(() => rmSync(app, { recursive: true }));

test('a token is needed for tokens of issuers, and not for API keys, signatures and stacks without a contract', async () => {
  expect(await stacksWithTokens(['operations', 'notes', 'state'], NOTES)).toEqual(['notes']);
  expect(await stacksWithTokens(['items', 'manager', 'operations', 'state'])).toEqual([]);
  expect(await stacksWithTokens(['ledgers'], app)).toEqual([]);
});

test('credentials are needed for tokens and for signatures', async () => {
  expect((await stacksWithAuth(['notes'], NOTES)).get('notes')).toMatch(/^the route \w+ \/notes/);
  expect(await stacksWithAuth(['ledgers'], app)).toEqual(new Map([['ledgers', 'the route GET /ledgers/{id}']]));
  expect(await stacksWithAuth(['items', 'manager'], ROOT)).toEqual(new Map());
});
