/** API Gateway deployments that an interrupted deploy left: before an apply, and after it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findAfterApply, findBeforeApply } from '../../../scripts/redeploy/found-deployments';

const API = { rest_api_id: 'abc' };
const ROUTE = 'DELETE /product/{id}';

let folder: string;
let asked: string[];

beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'redeploy-'))));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => (asked = []));

const served = {
  compare: (api: string, stage: string) => {
    asked.push(`${api}/${stage}`);
    return Promise.resolve({ removed: stage === 'clean' ? [] : [ROUTE], unpublished: [] });
  },
};

const change = (address: string, actions: readonly string[], before: object | null, after: object | null) => ({
  address,
  type: address.split('.')[0],
  change: { actions, before, after },
});
const same = (address: string, value: object) => change(address, ['no-op'], value, value);
const DEPLOYMENT = same('aws_api_gateway_deployment.api', API);
const stage = (name: string) => same('aws_api_gateway_stage.api', { ...API, stage_name: name });

function plan(...changes: readonly object[]) {
  const json = path.join(folder, 'plan.json');
  writeFileSync(json, JSON.stringify({ resource_changes: changes }));
  return { stack: 'products', json, changes: false };
}

const FOUND = {
  ...{ stack: 'products', address: 'aws_api_gateway_deployment.api', restApiId: 'abc', stages: ['prod'] },
  ...{ cause: 'earlier apply', removed: [ROUTE], breaksRoutes: true },
};

test('are found through the stages of the plan', async () => {
  expect(await findBeforeApply([plan(DEPLOYMENT, stage('prod'))], served)).toEqual([FOUND]);
  expect(await findAfterApply(plan(DEPLOYMENT, stage('prod')), [], served)).toEqual([FOUND]);
  expect(await findBeforeApply([plan(DEPLOYMENT, stage('clean'))], served)).toEqual([]);
  expect(asked).toEqual(['abc/prod', 'abc/prod', 'abc/clean']);
});

test.each([
  ['a new API', [change('aws_api_gateway_deployment.api', ['create'], null, {})]],
  ['a deployment that the plan replaces', [change('aws_api_gateway_deployment.api', ['create', 'delete'], API, API)]],
  [
    'an API whose deleted method the plan creates again',
    [DEPLOYMENT, change('aws_api_gateway_method.delete', ['create'], null, API)],
  ],
])('%s has none before the apply, and needs no request', async (_, changes) => {
  expect(await findBeforeApply([plan(...changes, stage('prod'))], served)).toEqual([]);
  expect(asked).toEqual([]);
});

test('a stage that does not exist yet is not read before the apply', async () => {
  const created = change('aws_api_gateway_stage.api', ['create'], null, { ...API, stage_name: 'prod' });
  expect(await findBeforeApply([plan(DEPLOYMENT, created)], served)).toEqual([]);
  expect(asked).toEqual([]);
});

test('deployments that the plan announced are left out after the apply, and others of the stack are not', async () => {
  const other = { rest_api_id: 'def' };
  const changes = [
    ...[DEPLOYMENT, stage('prod'), same('aws_api_gateway_deployment.other', other)],
    same('aws_api_gateway_stage.other', { ...other, stage_name: 'v2' }),
  ];
  const found = await findAfterApply(plan(...changes), ['aws_api_gateway_deployment.api'], served);
  expect(found.map(({ address, stages }) => [address, stages])).toEqual([['aws_api_gateway_deployment.other', ['v2']]]);
  expect(asked).toEqual(['def/v2']);
});
