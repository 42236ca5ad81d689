/** Entries of functions that are generated from contracts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleFunctions } from '../../constructs/bundle';
import { generatedEntry } from '../../constructs/generated-entry';
import type { Api } from '../../function/contract/api';
import { items } from '../support/contract/contracts';
import { orders } from '../support/contracts';

const ENTRY = 'function/no-such-api';

async function codeOf(source: string, root?: string): Promise<string> {
  const bundles = await bundleFunctions([ENTRY], {
    sources: new Map([[ENTRY, source]]),
    ...(root !== undefined && { root }),
  });
  return Buffer.from(bundles.get(ENTRY)?.code ?? '').toString();
}

const withRoutes = (routes: Api['routes']): Api => ({ ...items, routes });

test('a generated entry imports exactly the operations of the contract, and the adapter of its gateway', () => {
  const source = generatedEntry(orders);
  const imports = [...source.matchAll(/import \{ (\w+) \} from "(.*)";/g)].map(
    ([, name, module]) => `${name} ${module}`,
  );
  expect(imports).toEqual([
    'operationService ./function/crud/operation-service',
    'create ./function/crud/operations/create',
    'list ./function/crud/operations/list',
    'read ./function/crud/operations/read',
    'update ./function/crud/operations/update',
    'remove ./function/crud/operations/delete',
    'httpApiHandler ./function/http/http-api',
  ]);
  expect(source).toContain('operationService(contract, { create, list, read, update, delete: remove })');
  expect(generatedEntry({ ...orders, gateway: 'rest-api' })).toContain('restApiHandler(operationService(contract');
});

test('a generated entry has the contract without descriptions, examples and CORS', () => {
  const described = {
    ...items,
    cors: { origins: ['*'] },
    item: { ...items.item, description: 'An item', examples: [{}] },
  };
  const source = generatedEntry({
    ...described,
    item: {
      ...described.item,
      properties: { ...items.item.properties, description: { type: 'string', description: 'More', deprecated: true } },
    },
  });
  expect(source).not.toMatch(/An item|More|deprecated|cors/);
  expect(source).toContain('"description":{"type":"string"}');
});

test('a generated entry bundles without a file on disk, with only the operations of the contract', async () => {
  const all = await codeOf(generatedEntry(items));
  expect(all).toContain('exports');
  const readOnly = await codeOf(generatedEntry(withRoutes({ 'GET /items/{id}': { operation: 'read' } })));
  expect([all.includes('Deleted item'), all.includes('ScannedCount:')]).toEqual([true, true]);
  expect(readOnly.includes('ScannedCount:')).toBe(false);
  expect(readOnly.length).toBeLessThan(all.length);
});

test('a changed source gives another bundle, although the entry has the same name', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'entry-'));
  try {
    writeFileSync(path.join(folder, 'a.ts'), "export const a = 'shared';");
    const source = (word: string) => `import { a } from './a'; export const handler = () => a + '${word}';`;
    expect(await codeOf(source('first'), folder)).toContain('first');
    expect(await codeOf(source('second'), folder)).toContain('second');
    expect(await codeOf(source('first'), folder)).toContain('first');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
