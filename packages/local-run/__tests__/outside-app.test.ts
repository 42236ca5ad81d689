/** The command serves an app outside this repository. It runs in a third folder, outside the app and the repository. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { zipSync } from 'fflate';
import { PACKAGE_ROOT } from '../src/package-root';
import { send } from './support/http';

const COMMAND = path.join(PACKAGE_ROOT, 'bin/local-run.cjs');
const MODULES = path.join(PACKAGE_ROOT, '../../node_modules');

/** Packages that are installed for the app. */
const PACKAGES = ['@cdktf', '@cdktn', 'cdktf', 'cdktn', 'constructs'].filter((name) =>
  existsSync(path.join(MODULES, name)),
);

const CDKTF_JSON = { language: 'typescript', app: 'node main.js', projectId: 'hello', context: { greeting: 'Hello' } };

const MAIN = `
const { App, AssetType, Fn, TerraformAsset, TerraformOutput, TerraformStack } = require('cdktf');
const { Apigatewayv2Api } = require('@cdktf/provider-aws/lib/apigatewayv2-api');
const { Apigatewayv2Integration } = require('@cdktf/provider-aws/lib/apigatewayv2-integration');
const { Apigatewayv2Route } = require('@cdktf/provider-aws/lib/apigatewayv2-route');
const { Apigatewayv2Stage } = require('@cdktf/provider-aws/lib/apigatewayv2-stage');
const { IamRole } = require('@cdktf/provider-aws/lib/iam-role');
const { LambdaFunction } = require('@cdktf/provider-aws/lib/lambda-function');
const { LambdaPermission } = require('@cdktf/provider-aws/lib/lambda-permission');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');

const app = new App();
const stack = new TerraformStack(app, 'hello');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const archive = new TerraformAsset(stack, 'archive', { path: __dirname + '/hello.zip', type: AssetType.FILE });
const role = new IamRole(stack, 'role', {
  name: 'hello-role',
  assumeRolePolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
});
const hello = new LambdaFunction(stack, 'function', {
  functionName: 'hello',
  role: role.arn,
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  filename: archive.path,
  sourceCodeHash: archive.assetHash,
  environment: { variables: { GREETING: app.node.getContext('greeting') } },
});
const api = new Apigatewayv2Api(stack, 'api', { name: 'hello', protocolType: 'HTTP' });
const integration = new Apigatewayv2Integration(stack, 'integration', {
  apiId: api.id,
  integrationType: 'AWS_PROXY',
  integrationUri: hello.invokeArn,
  payloadFormatVersion: '2.0',
});
new Apigatewayv2Route(stack, 'route', {
  apiId: api.id,
  routeKey: 'GET /hello/{name}',
  target: 'integrations/' + integration.id,
});
new Apigatewayv2Stage(stack, 'stage', { apiId: api.id, name: '$default', autoDeploy: true });
new LambdaPermission(stack, 'permission', {
  functionName: hello.functionName,
  action: 'lambda:InvokeFunction',
  principal: 'apigateway.amazonaws.com',
  sourceArn: api.executionArn + '/*/*',
});
new TerraformOutput(stack, 'url', { value: api.apiEndpoint });
app.synth();
`;

const HANDLER = `
exports.handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify(process.env.GREETING + ' ' + event.pathParameters.name),
});
`;

let folder: string;
let app: string;
let child: ChildProcess;
let printed: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'outside app-'));
  app = path.join(folder, 'my app');
  mkdirSync(path.join(app, 'node_modules'), { recursive: true });
  for (const name of PACKAGES) symlinkSync(path.join(MODULES, name), path.join(app, 'node_modules', name));
  writeFileSync(path.join(app, 'cdktf.json'), JSON.stringify(CDKTF_JSON));
  writeFileSync(path.join(app, 'main.js'), MAIN);
  writeArchive(HANDLER);
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function writeArchive(handler: string): void {
  writeFileSync(path.join(app, 'hello.zip'), zipSync({ 'index.js': Buffer.from(handler) }));
}

/** Starts the command in another folder, and waits until the run is ready. @returns the URL of the API */
async function startRun(...args: readonly string[]): Promise<string> {
  const elsewhere = path.join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const outputs = path.join(folder, 'outputs.json');
  child = spawn(process.execPath, [COMMAND, app, '--port', '0', '--outputs-file', outputs, ...args], {
    cwd: elsewhere,
  });
  printed = '';
  await prints(/Ready in/);
  expect(existsSync(path.join(elsewhere, 'cdktf.out'))).toBe(false);
  const { hello } = JSON.parse(readFileSync(outputs, 'utf8')) as { readonly hello: { readonly url: string } };
  return hello.url;
}

/** Waits until the output of the command matches. @returns the match */
function prints(pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      printed += chunk.toString();
      const [match] = pattern.exec(printed) ?? [];
      if (match !== undefined) resolve(match);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('close', (status) => reject(new Error(`The run ended with ${status} before ${pattern}:\n${printed}`)));
  });
}

async function stopRun(): Promise<unknown> {
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const [status] = (await exit) as [number | null];
  return status;
}

test('serves the app, and exits with status 0 on Ctrl-C', async () => {
  const url = await startRun();
  const { status, json } = await send(url, 'GET', '/hello/Ada');
  expect([status, json]).toEqual([200, 'Hello Ada']);
  expect((await send(url, 'GET', '/other')).status).toBe(404);
  expect(await stopRun()).toBe(0);
});

test('with --watch, ignores the file that its own output goes to', async () => {
  const log = path.join(app, 'run.log');
  const shell = `exec ${process.execPath} '${COMMAND}' --port 0 --watch > run.log 2>&1`;
  child = spawn('sh', ['-c', shell], { cwd: app });
  const logged = () => readFileSync(log, { encoding: 'utf8', flag: 'a+' });
  while (!logged().includes('Ready in')) await setTimeout(50);
  await setTimeout(1000);
  writeFileSync(path.join(app, 'cdktf.json'), JSON.stringify({ ...CDKTF_JSON, context: { greeting: 'Good day' } }));
  while (!logged().includes('reloaded')) await setTimeout(50);
  await setTimeout(1000);
  expect(logged()).not.toContain('run.log');
  expect(await stopRun()).toBe(0);
});

test('with --watch, applies saved changes of the app', async () => {
  const url = await startRun('--watch');
  expect((await send(url, 'GET', '/hello/Ada')).json).toBe('Hello Ada');
  const reloaded = prints(/reloaded .*\n/);
  writeFileSync(path.join(app, 'cdktf.json'), JSON.stringify({ ...CDKTF_JSON, context: { greeting: 'Good day' } }));
  await reloaded;
  expect((await send(url, 'GET', '/hello/Ada')).json).toBe('Good day Ada');
  expect(await stopRun()).toBe(0);
});

test('with --watch, names the code of a function whose archive changes, and nothing else', async () => {
  writeFileSync(path.join(app, 'main.js'), MAIN.replace('archive.assetHash', 'Fn.filebase64sha256(archive.path)'));
  const url = await startRun('--watch');
  expect((await send(url, 'GET', '/hello/Ada')).json).toBe('Hello Ada');
  const reloaded = prints(/(reloaded|unchanged) .*\n.*\n/);
  writeArchive(HANDLER.replace('pathParameters.name', 'pathParameters.name.toUpperCase()'));
  expect(await reloaded).toMatch(/reloaded +hello\.zip, \d+ ms\n +hello: code of hello\n/);
  expect((await send(url, 'GET', '/hello/Ada')).json).toBe('Hello ADA');
});

test.each([
  ['nowhere', 'does not exist'],
  ['empty', 'has neither a cdktf.json nor files *.tf, *.tf.json or *.tofu'],
])('says what is missing in the folder %s', async (name, fault) => {
  if (name === 'empty') mkdirSync(path.join(folder, name));
  child = spawn(process.execPath, [COMMAND, path.join(folder, name)]);
  printed = '';
  await expect(prints(/Ready in/)).rejects.toThrow(/The run ended with 1/);
  expect(printed).toContain(`There is no project to run: ${path.join(folder, name)} ${fault}.`);
  expect(printed).not.toMatch(/^ +at /m);
});
