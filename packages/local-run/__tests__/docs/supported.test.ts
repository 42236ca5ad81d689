/** The page of supported types is generated from the rules of the readers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { supportedPage } from '../../bin/supported/page';
import { KINDS } from '../../src/source/terraform-json/inert-kinds';
import { isInertType } from '../../src/source/terraform-json/inert-types';
import { RESOURCE_TYPES } from '../../src/source/terraform-json/resource-types';

const PAGE = path.join(__dirname, '../../docs/supported.md');

test('docs/supported.md is current: run `npx jiti packages/local-run/bin/write-supported.ts`', async () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(await supportedPage());
});

test('no type is both simulated and without effect', () => {
  const types = Object.values(KINDS).flat();
  expect(types.filter((type) => Object.hasOwn(RESOURCE_TYPES, type))).toEqual([]);
  expect(new Set(types).size).toBe(types.length);
  expect(types.every(isInertType)).toBe(true);
});
