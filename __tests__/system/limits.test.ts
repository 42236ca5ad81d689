/** Limits behind both gateways of the local run: throttles of single routes, and sizes of bodies. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';
import { send, sendJson } from '../support/http';

const FOLDER = path.join(ROOT, 'dist/limits-test');

const MAIN = `
import { defineApi } from '../../function/contract/api';
import { runApis } from '../../stacks/run-apis';
const throttle = { rate: 1, burst: 2 };
const item = { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 9 } } } as const;
const routes = {
  'PUT /things/{id}': { operation: 'replace' },
  'GET /things/{id}': { operation: 'read', throttle },
  'GET /things': { operation: 'list', scan: true },
} as const;
const onHttp = defineApi({ name: 'on-http', gateway: 'http-api', key: 'id', item, routes });
const onRest = defineApi({ name: 'on-rest', gateway: 'rest-api', key: 'id', item, routes });
runApis([onHttp, onRest]);
`;

let run: LocalRun;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'main.ts'), MAIN);
  writeFileSync(
    path.join(FOLDER, 'cdktf.json'),
    JSON.stringify({ language: 'typescript', app: 'node ../../app.cjs', context: { maxBodyBytes: 2000 } }),
  );
  run = await startLocalRun({
    args: [FOLDER],
    settings: { MAX_READ_UNITS: '10', MAX_WRITE_UNITS: '5', RESERVED_CONCURRENCY: '3', XRAY_TRACING: 'true' },
  });
});

afterAll(async () => {
  await run.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

describe.each(['on-http', 'on-rest'])('%s', (stack) => {
  const url = () => run.outputs[stack]?.['url'] as string;
  /** Adds the stage of a REST API. */
  const at = (route: string) => new URL(url()).pathname.replace(/\/$/, '') + route;

  test('answers 429 on the throttled route alone', async () => {
    expect((await sendJson(url(), 'PUT', at('/things/1'), {})).status).toBeLessThan(300);
    const read = await Promise.all(Array.from({ length: 12 }, () => send(url(), 'GET', at('/things/1'))));
    const statuses = read.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(statuses).toContain(429);
    const listed = await Promise.all(Array.from({ length: 3 }, () => send(url(), 'GET', at('/things'))));
    expect(listed.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('answers 413 to a body above the setting maxBodyBytes', async () => {
    const { status, json } = await sendJson(url(), 'PUT', at('/things/1'), { id: 'x'.repeat(3000) });
    expect([status, json.detail]).toEqual([413, 'The body has 3009 bytes. Send at most 2000.']);
  });
});
