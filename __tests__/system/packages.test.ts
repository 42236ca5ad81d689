/** `npm start` of a project whose function uses npm packages: answers over HTTP, warnings and errors. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { send } from '../support/http';
import { startItemsRun } from '../support/items-run';
import { ROOT } from '../support/local-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

const ENTRY = 'function/items/index.ts';

/** The code of a function. It imports packages of this project, and two packages that the test installs. */
const SOURCE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import json5 from 'json5';
import fetch from 'node-fetch';
import * as notes from 'folded-notes';
import { z } from 'zod';
const sum = require('pocket-sum');
const table = new DynamoDBClient({});

export const handler = async (event) => {
  const { Item = 'none' } = await table.send(new GetItemCommand({ TableName: process.env.TABLE_NAMES, Key: { id: { S: 'a' } } }));
  const answer = {
    item: Item,
    bucket: new S3Client({}).config.serviceId,
    word: json5.parse("{ word: 'json5' }").word,
    fetched: await (await fetch(event.headers['x-address'])).text(),
    notes: notes.parse('a/b'),
    isText: z.string().safeParse(1).success,
    sum: sum(1, 2, 3),
    url: import.meta.url.replace(/.*[/]/, ''),
    isNumber: Number(event.rawPath) === NaN,
  };
  return { statusCode: 200, body: JSON.stringify(answer) };
};
`;

/** Answers the request that the function sends. */
const server = http.createServer((_, response) => response.end('fetched'));

let project: ProjectCopy;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project = copyProject();
  const modules = path.join(project.root, 'node_modules');
  rmSync(modules);
  mkdirSync(modules);
  for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
    if (name !== '.cache') symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
  install('pocket-sum', 'module.exports = (...numbers) => numbers.reduce((sum, number) => sum + number, 0);');
  install('folded-notes', "exports.parse = (text) => text.split('/');");
});

afterAll(() => {
  server.close();
  rmSync(project.root, { recursive: true, force: true });
});

/** Installs a package whose file for bundlers (`module`) has other exports than its file for Node.js (`main`). */
function install(name: string, code: string): void {
  const folder = path.join(project.root, 'node_modules', name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js', module: 'es.js' }));
  writeFileSync(path.join(folder, 'index.js'), code);
  writeFileSync(path.join(folder, 'es.js'), 'export default {};');
}

test('answers with the results of the packages, and prints each warning at each start', async () => {
  project.overwrite(ENTRY, SOURCE);
  const warning = /function\/items\/index\.ts:\d+:\d+: WARNING: Comparison with NaN/g;
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const start of ['first', 'from the caches']) {
    const run = await startItemsRun({ root: project.root });
    try {
      const { status, json } = await send(run.url, 'GET', '/items', { headers: { 'x-address': address } });
      expect({ start, status, json }).toEqual({
        start,
        status: 200,
        json: {
          item: 'none',
          bucket: 'S3',
          word: 'json5',
          fetched: 'fetched',
          notes: ['a', 'b'],
          isText: false,
          sum: 6,
          url: 'index.js',
          isNumber: false,
        },
      });
      expect(run.printed().match(warning)).toHaveLength(1);
    } finally {
      await run.stop();
    }
  }
});

test('ends with an error that names the function, the line and the npm command when a package is not installed', async () => {
  project.overwrite(ENTRY, "import 'left-pad';\nexport const handler = async () => 'never';\n");
  await expect(startItemsRun({ root: project.root })).rejects.toThrow(
    /function\/items\/index\.ts does not build:\nfunction\/items\/index\.ts:1:7: ERROR: Could not resolve "left-pad"\n {2}Run `npm install left-pad`\.\n$/,
  );
});

test('prints no warning for functions without faults', async () => {
  project.restore();
  project.overwrite(ENTRY, "export const handler = async () => ({ statusCode: 200, body: 'fine' });\n");
  const run = await startItemsRun({ root: project.root });
  try {
    expect((await send(run.url, 'GET', '/items')).text).toBe('fine');
    expect(run.printed()).not.toContain('WARNING');
  } finally {
    await run.stop();
  }
});
