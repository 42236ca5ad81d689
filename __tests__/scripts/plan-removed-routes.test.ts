/**
 * npm run plan as a command, with an API Gateway whose stage serves a removed route, or with an alias at an older version. `terraform`
 * is a script that prints a plan without changes.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { copyProject, type ProjectCopy } from '../support/project-copy';
import { runScript } from '../support/run-script';

const API = { rest_api_id: 'abc' };

let copy: ProjectCopy;
let server: http.Server;
/** The methods of /product that the API has. The stage serves GET and PUT. */
let methods: readonly string[];

const same = (type: string, value: object) => ({
  address: `${type}.api`,
  type,
  change: { actions: ['no-op'], before: value, after: value },
});

beforeAll(async () => {
  copy = copyProject('plan-');
  copy.overwrite('cdktf.json', '{ "app": "node fake-app.cjs" }');
  const manifest = { stacks: { products: { name: 'products', workingDirectory: 'stacks/products', annotations: [] } } };
  writeFileSync(
    path.join(copy.root, 'fake-app.cjs'),
    `const { mkdirSync, writeFileSync } = require('node:fs');
     const folder = process.env.CDKTF_OUTDIR + '/stacks/products';
     mkdirSync(folder, { recursive: true });
     writeFileSync(folder + '/cdk.tf.json', '{ "terraform": { "backend": { "local": {} } } }');
     writeFileSync(process.env.CDKTF_OUTDIR + '/manifest.json', ${JSON.stringify(JSON.stringify(manifest))});`,
  );
  mkdirSync(path.join(copy.root, 'bin'));
  writeFileSync(
    path.join(copy.root, 'bin/terraform'),
    `#!/bin/sh\n[ "$1" = show ] && cat "${copy.root}/shown.json"\nexit 0\n`,
    {
      mode: 0o755,
    },
  );
  server = http.createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://apigateway');
    const answers: Readonly<Record<string, object>> = {
      '/restapis/abc/stages/prod': { deploymentId: 'dep1' },
      '/restapis/abc/deployments/dep1': { apiSummary: { '/product': { GET: {}, PUT: {} } } },
      '/restapis/abc/resources': {
        item: [{ path: '/product', resourceMethods: Object.fromEntries(methods.map((name) => [name, {}])) }],
      },
    };
    response.writeHead(answers[pathname] ? 200 : 404).end(JSON.stringify(answers[pathname] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(copy.root, { recursive: true });
});

beforeEach(() => {
  methods = ['GET', 'PUT'];
  plan('7');
});

/** @param live the version of the alias; the newest one is 7 */
function plan(live: string): void {
  const aliased = { function_name: 'products' };
  const changes = [
    same('aws_api_gateway_deployment', API),
    same('aws_api_gateway_stage', { ...API, stage_name: 'prod' }),
    same('aws_lambda_function', { ...aliased, version: '7' }),
    same('aws_lambda_alias', { ...aliased, name: 'live', function_version: live }),
  ];
  writeFileSync(path.join(copy.root, 'shown.json'), JSON.stringify({ resource_changes: changes }));
}

const runPlan = () =>
  runScript(copy.root, ['plan-stacks', '--exit-code'], {
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', STATE_BUCKET: '', CI: '' },
    PATH: `${copy.root}/bin:${process.env['PATH']}`,
  });
const first = () => readFileSync(path.join(copy.root, 'cdktf.out/first.md'), 'utf8');

test('without a difference, the status is 0', async () => {
  const { status, stdout, stderr } = await runPlan();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('products: has no changes');
  expect(first()).toBe('');
});

test('a stage that serves a removed route is announced, and needs a deployment: status 2', async () => {
  methods = ['GET'];
  const { status, stdout } = await runPlan();
  expect(status).toBe(2);
  expect(stdout).toContain('products: the stage prod still serves PUT /product, which the API no longer has');
  expect(first()).toMatch(/^> \[!NOTE\]\n[^]*PUT \/product/);
});

test('an alias at an older version is a warning, and status 2', async () => {
  plan('6');
  const { status, stdout } = await runPlan();
  expect(status).toBe(2);
  expect(stdout).toContain('products: live of products is at version 6, and the newest version is 7.');
  expect(first()).toMatch(/^> \[!WARNING\]\n> APIs invoke an older version/);
});

test('an API Gateway that refuses to answer is an error with the permission', async () => {
  methods = ['GET'];
  const changes = [
    same('aws_api_gateway_deployment', { rest_api_id: 'other' }),
    same('aws_api_gateway_stage', { rest_api_id: 'other', stage_name: 'prod' }),
  ];
  writeFileSync(path.join(copy.root, 'shown.json'), JSON.stringify({ resource_changes: changes }));
  const { status, stderr } = await runPlan();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^\nCannot compare the stage prod with its REST API other: .*apigateway:GET/);
});
