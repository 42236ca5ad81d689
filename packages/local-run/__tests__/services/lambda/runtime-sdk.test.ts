/** The SDK of Lambda's runtimes, for functions that do not contain it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { archivedFunctions, type ArchivedFunctions } from '../../support/task-roots';

let project: string;
let functions: ArchivedFunctions;

beforeAll(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'project-'));
  for (const name of ['@aws-sdk/client-of-the-project', 'aws-sdk']) {
    const folder = path.join(project, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.js'), `exports.name = '${name}';`);
  }
  functions = archivedFunctions(path.join(project, 'infra'));
});

afterAll(async () => {
  await functions.stop();
  rmSync(project, { recursive: true, force: true });
});

const NAMES = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
  '@smithy/node-http-handler',
];

test('require finds the packages of the SDK', async () => {
  const source = `exports.handler = async () => ${JSON.stringify(NAMES)}.map((name) => typeof require(name));`;
  expect(await functions.run({ 'index.js': source })).toEqual(NAMES.map(() => 'object'));
});

test('import finds the packages of the SDK', async () => {
  const source = `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
    import { marshall } from '@aws-sdk/util-dynamodb';
    export const handler = async () => [typeof DynamoDBDocumentClient.from(new DynamoDBClient({})), marshall({ a: 1 })];`;
  expect(await functions.run({ 'index.mjs': source })).toEqual(['object', { a: { N: '1' } }]);
});

test('a function finds other packages of the SDK in the node_modules of the project', async () => {
  const source = "exports.handler = async () => require('@aws-sdk/client-of-the-project').name;";
  expect(await functions.run({ 'index.js': source })).toBe('@aws-sdk/client-of-the-project');
});

test('an archive that contains a package of the SDK uses it', async () => {
  const files = {
    'index.js': "exports.handler = async () => require('@aws-sdk/client-dynamodb');",
    'node_modules/@aws-sdk/client-dynamodb/index.js': "module.exports = 'archive';",
  };
  expect(await functions.run(files)).toBe('archive');
});

test.each([
  ['require', { 'index.js': "require('@aws-sdk/client-missing');" }],
  ['import', { 'index.mjs': "import '@aws-sdk/client-missing';" }],
])('%s of a package that this machine does not have says how to install it', async (_name, files) => {
  await expect(functions.run(files)).rejects.toThrow(
    'The runtime of Lambda contains @aws-sdk/client-missing, but this machine does not. ' +
      'Run "npm install --save-dev @aws-sdk/client-missing" in the project\'s folder',
  );
});

test('runtimes before nodejs18.x have version 2 of the SDK', async () => {
  const version2 = "exports.handler = async () => require('aws-sdk').name;";
  const version3 = "require('@aws-sdk/client-dynamodb');";
  expect(await functions.run({ 'index.js': version2 }, { runtime: 'nodejs16.x' })).toBe('aws-sdk');
  await expect(functions.run({ 'index.js': version3 }, { runtime: 'nodejs16.x' })).rejects.toThrow(
    'The runtime nodejs16.x contains version 2 of the SDK (aws-sdk). Put @aws-sdk/client-dynamodb into the archive',
  );
  await expect(functions.run({ 'index.js': "require('aws-sdk');" })).rejects.toThrow(
    'The runtime nodejs22.x contains version 3 of the SDK',
  );
});
