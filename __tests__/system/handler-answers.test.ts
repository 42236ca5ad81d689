/** Answers of handlers with several cookies or bytes, behind both gateways of the local run. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, startLocalRun, type LocalRun } from '../support/local-run';

const FOLDER = path.join(ROOT, 'dist/handler-answers-test');

const CONTRACT = `
import { defineApi } from '../../function/contract/api';
const responses = { 200: { description: 'Done' }, 204: { description: 'Nothing' } } as const;
const routes = {
  'GET /cookies': { handler: 'cookies', responses },
  'GET /bytes': { handler: 'bytes', responses },
} as const;
const item = { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 40 } } } as const;
export const pages = defineApi({ name: 'pages', gateway: 'http-api', key: 'id', item, routes });
export const rests = defineApi({ name: 'rests', gateway: 'rest-api', key: 'id', item, routes });
`;

const functionOf = (api: string, gateway: string) => `
import { crudService } from '../../../../function/crud/service';
import { ${gateway} } from '../../../../function/http/${gateway === 'httpApiHandler' ? 'http-api' : 'rest-api'}';
import { ${api} } from '../../contracts';
export const handler = ${gateway}(crudService(${api}, {}, {
  cookies: () => Promise.resolve({ status: 204, headers: { 'set-cookie': ['a=1; Path=/', 'b=2'] } }),
  bytes: () => Promise.resolve({ status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.from([137, 0, 255]) }),
}));
`;

let run: LocalRun | undefined;

beforeAll(async () => {
  write('contracts.ts', CONTRACT);
  write(
    'main.ts',
    `import { runApis } from '../../stacks/run-apis';
     import { pages, rests } from './contracts';
     runApis([pages, rests]);`,
  );
  write('function/pages/index.ts', functionOf('pages', 'httpApiHandler'));
  write('function/rests/index.ts', functionOf('rests', 'restApiHandler'));
  write('cdktf.json', JSON.stringify({ language: 'typescript', app: 'node ../../app.cjs' }));
  run = await startLocalRun({ args: [FOLDER] });
});

afterAll(async () => {
  await run?.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(FOLDER, name)), { recursive: true });
  writeFileSync(path.join(FOLDER, name), text);
}

const get = (stack: string, target: string) => fetch(`${run?.outputs[stack]?.['url'] as string}${target}`);

test.each(['pages', 'rests'])('%s: two cookies are two headers', async (stack) => {
  const { status, headers } = await get(stack, '/cookies');
  expect([status, headers.getSetCookie()]).toEqual([204, ['a=1; Path=/', 'b=2']]);
});

test('an HTTP API sends bytes, and a REST API answers 500', async () => {
  const bytes = await get('pages', '/bytes');
  expect(bytes.headers.get('content-type')).toBe('image/png');
  expect([...new Uint8Array(await bytes.arrayBuffer())]).toEqual([137, 0, 255]);
  expect((await get('rests', '/bytes')).status).toBe(500);
});
