/** The versions and ranges of an SDK update. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installedVersions, refuseOtherNode, SDK_PACKAGES, setRanges } from '../../../scripts/sdk-update/packages';

const RELEASES = [
  { name: '@aws-sdk/client-dynamodb', version: '3.2000.1', node: '>=22.0.0' },
  { name: '@aws-sdk/lib-dynamodb', version: '3.2000.1', node: '>=22.0.0' },
  { name: '@smithy/core', version: '3.99.0', node: '>=20.0.0' },
];

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'sdk-update-'));
  for (const folder of ['.', 'packages/one', 'packages/two']) {
    mkdirSync(path.join(root, folder), { recursive: true });
    const dependencies = {
      ...(folder !== 'packages/two' && { '@aws-sdk/client-dynamodb': '^3.1.0', '@smithy/core': '~3.0.1' }),
      '@aws-sdk/client-s3': '^3.1.0',
    };
    writeFileSync(path.join(root, folder, 'package.json'), JSON.stringify({ dependencies }, null, 2));
  }
});

afterEach(() => rmSync(root, { recursive: true }));

const rangesIn = (file: string) =>
  (JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { dependencies: object }).dependencies;

test('updates exactly the packages with replaced files', () => {
  expect(SDK_PACKAGES).toEqual(RELEASES.map(({ name }) => name));
});

test('sets the ranges in every package.json that has them, and no other range', () => {
  expect(setRanges(RELEASES, false, root)).toEqual(['package.json', 'packages/one/package.json']);
  expect(rangesIn('packages/one/package.json')).toEqual({
    '@aws-sdk/client-dynamodb': '^3.2000.1',
    '@smithy/core': '^3.99.0',
    '@aws-sdk/client-s3': '^3.1.0',
  });
});

test('pins a named version of the AWS SDK', () => {
  setRanges(RELEASES, true, root);
  expect(rangesIn('package.json')).toMatchObject({ '@aws-sdk/client-dynamodb': '3.2000.1', '@smithy/core': '^3.99.0' });
});

test('refuses a release that needs a newer Node.js', () => {
  expect(() => refuseOtherNode(RELEASES, '20.19.0')).toThrow(
    '@aws-sdk/client-dynamodb 3.2000.1 needs Node.js >=22.0.0, but this is Node.js 20.19.0. Pass an older version',
  );
  expect(() => refuseOtherNode(RELEASES, '22.1.0')).not.toThrow();
  expect(() => refuseOtherNode(RELEASES, '100.0.0')).not.toThrow();
});

test('names a package that is not installed', () => {
  expect(() => installedVersions(root)).toThrow('@aws-sdk/client-dynamodb is not installed. Run npm ci');
});
