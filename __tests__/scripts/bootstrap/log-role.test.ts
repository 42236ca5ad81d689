/** API Gateway's role for access logs, from an HTTP server that answers as API Gateway and IAM do. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Bucket } from '../../../scripts/bootstrap/bucket';
import { findLogRole, refuseForeignLogRole } from '../../../scripts/bootstrap/log-role';
import { BootstrapState } from '../../../scripts/bootstrap/state';
import { terraformProgram } from '../../../scripts/terraform/program';
import { readSettings } from '../../../stacks/settings';
import { unavailable } from '../../support/terraform';

const OWN = 'arn:aws:iam::111122223333:role/cdktf-serverless-crud-logs-eu-west-1';
const OTHER = 'arn:aws:iam::111122223333:role/service/apigateway-logs';
const environment = { ...process.env };

let server: http.Server;
/** The answer to GET /account; undefined for a refusal. */
let account: object | undefined;
let roles: readonly string[];
/** IAM's error for every request; undefined for an answer. */
let iamError: readonly [status: number, code: string] | undefined;
/** The services that were asked. */
let asked: string[];

const PLACE = { account: '111122223333', region: 'eu-west-1' };

beforeEach(() => {
  [roles, iamError, asked] = [[OWN, OTHER], undefined, []];
});

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [, service = ''] = /\/([a-z]+)\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
      asked.push(service);
      const [status, answer] = answerOf(service, `${request.method} ${request.url}`, new URLSearchParams(body));
      response.writeHead(status).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterAll(() => {
  server.close();
  process.env = environment;
});

function answerOf(service: string, request: string, form: URLSearchParams): [number, string] {
  if (service === 'apigateway' && request === 'GET /account') return accountAnswer();
  if (service === 'iam' && form.get('Action') === 'GetRole') return iamError ? failure(...iamError) : roleAnswer(form);
  return [404, ''];
}

function failure(status: number, code: string): [number, string] {
  return [status, `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`];
}

function accountAnswer(): [number, string] {
  return account ? [200, JSON.stringify(account)] : [403, JSON.stringify({ message: 'not authorized' })];
}

function roleAnswer(form: URLSearchParams): [number, string] {
  const arn = roles.find((role) => role.endsWith(`/${form.get('RoleName')}`));
  if (arn === undefined) return failure(404, 'NoSuchEntity');
  return [200, `<GetRoleResponse><GetRoleResult><Role><Arn>${arn}</Arn></Role></GetRoleResult></GetRoleResponse>`];
}

test.each([
  ['none without a role', {}, undefined, { arn: '', owner: 'none' }],
  ['none after a reset', { cloudwatchRoleArn: '' }, OWN, { arn: '', owner: 'none' }],
  ['own for the role in the state', { cloudwatchRoleArn: OWN }, OWN, { arn: OWN, owner: 'own' }],
  ['foreign without a role in the state', { cloudwatchRoleArn: OWN }, undefined, { arn: OWN, owner: 'foreign' }],
  [
    'foreign for another role, whose ARN has a path',
    { cloudwatchRoleArn: OTHER },
    OWN,
    { arn: OTHER, owner: 'foreign' },
  ],
  [
    'dead for a role that does not exist',
    { cloudwatchRoleArn: `${OTHER}-2` },
    OWN,
    { arn: `${OTHER}-2`, owner: 'dead' },
  ],
])('the owner is %s', async (_, answer, own, expected) => {
  account = answer;
  expect(await findLogRole(PLACE, own)).toEqual(expected);
});

test('the role of the state counts as own before IAM shows it', async () => {
  [account, roles] = [{ cloudwatchRoleArn: OWN }, []];
  expect(await findLogRole(PLACE, OWN)).toEqual({ arn: OWN, owner: 'own' });
  expect(asked).toEqual(['apigateway']);
});

test('a role of another account is foreign, also when no role of this account has its name', async () => {
  const arn = 'arn:aws:iam::444455556666:role/logs';
  account = { cloudwatchRoleArn: arn };
  expect(await findLogRole(PLACE, OWN)).toEqual({ arn, owner: 'foreign' });
});

test.each(['AccessDenied', 'AccessDeniedException'])('a role that IAM does not show (%s) is foreign', async (code) => {
  [account, iamError] = [{ cloudwatchRoleArn: OTHER }, [403, code]];
  expect(await findLogRole(PLACE, OWN)).toEqual({ arn: OTHER, owner: 'foreign' });
});

test('a role is neither foreign nor dead when IAM fails for another reason', async () => {
  [account, iamError] = [{ cloudwatchRoleArn: OTHER }, [400, 'ValidationError']];
  await expect(findLogRole(PLACE, OWN)).rejects.toThrow(`IAM cannot show the role ${OTHER}: ValidationError`);
});

test('settings that cannot be read are reported with the permission', async () => {
  account = undefined;
  await expect(findLogRole(PLACE)).rejects.toThrow(
    /^The settings of API Gateway in eu-west-1 cannot be read: .*not authorized.*apigateway:GET on arn:aws:apigateway:eu-west-1::\/account\.$/,
  );
});

describe('bootstrap', () => {
  const settings = (apiGatewayLogRole: string) => readSettings({ apiGatewayLogRole, region: 'eu-west-1' }, {});

  test('refuses to create a role over the role of another owner', () => {
    expect(() => refuseForeignLogRole(settings('CREATE'), { arn: OTHER, owner: 'foreign' })).toThrow(
      `API Gateway in eu-west-1 already writes access logs with the role ${OTHER}, which this stack did not create. Set ` +
        'apiGatewayLogRole to KEEP',
    );
    expect(() => refuseForeignLogRole(settings('CREATE'), { arn: OTHER, owner: 'foreign' })).toThrow(
      'aws apigateway update-account --region eu-west-1 --patch-operations op=replace,path=/cloudwatchRoleArn,value=',
    );
  });

  test.each(['none', 'own', 'dead'] as const)('creates or keeps the role when the owner is %s', (owner) => {
    expect(() => refuseForeignLogRole(settings('CREATE'), { arn: OTHER, owner })).not.toThrow();
  });

  test('keeps the role of another owner with KEEP', () => {
    expect(() => refuseForeignLogRole(settings('KEEP'), { arn: OTHER, owner: 'foreign' })).not.toThrow();
  });
});

/** A state with resources needs their provider. */
function reasonToSkip(): string | undefined {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'log-role-provider-'));
  const terraform = { required_providers: { aws: { source: 'hashicorp/aws' } } };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ terraform }));
  try {
    return unavailable(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const reason = reasonToSkip();
if (reason !== undefined) process.stderr.write(`Skipped: the settings of API Gateway in a state, because ${reason}\n`);

(reason === undefined ? describe : describe.skip)('a state with the settings of API Gateway', () => {
  let folder: string;
  let state: BootstrapState;
  const file = () => path.join(folder, 'terraform.tfstate');
  const resource = (type: string, attributes: object) => ({
    mode: 'managed',
    type,
    name: 'api_gateway_logs',
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes }],
  });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'log-role-'));
    const stack = path.join(folder, 'stack');
    mkdirSync(stack);
    writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify({ terraform: { required_version: '>= 1.0' } }));
    const resources = [resource('aws_api_gateway_account', { id: 'a' }), resource('aws_iam_role', { arn: OWN })];
    const json = { version: 4, terraform_version: '1.11.0', serial: 1, lineage: 'a', outputs: {}, resources };
    writeFileSync(file(), JSON.stringify(json));
    state = new BootstrapState(stack, folder, new Bucket('states', 'eu-west-1', '111122223333'));
    await state.useFile();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('has the ARN of the role', async () => {
    expect(await state.logRole('file')).toBe(OWN);
  });

  test('says whether it has the settings', async () => {
    expect(await state.hasLogSettings('file')).toBe(true);
  });

  test('forgets the settings only with the next apply, so that a refused plan changes nothing', () => {
    const before = readFileSync(file(), 'utf8');
    state.forgetLogSettings();
    expect(readFileSync(file(), 'utf8')).toBe(before);
    const block = readFileSync(path.join(folder, 'stack/forget.tf.json'), 'utf8');
    expect(JSON.parse(block)).toEqual({
      removed: [{ from: 'aws_api_gateway_account.api_gateway_logs', lifecycle: { destroy: false } }],
    });
    expect(spawnSync(terraformProgram(), ['validate', '-json'], { cwd: path.join(folder, 'stack') }).status).toBe(0);
    // The next run starts without the block.
    state = new BootstrapState(path.join(folder, 'stack'), folder, new Bucket('states', 'eu-west-1', '111122223333'));
    expect(existsSync(path.join(folder, 'stack/forget.tf.json'))).toBe(false);
  });

  test('removes the settings before a destruction, and keeps the role', async () => {
    await state.useFile();
    await state.removeLogSettings();
    const { resources } = JSON.parse(readFileSync(file(), 'utf8')) as { resources: { type: string }[] };
    expect(resources.map(({ type }) => type)).toEqual(['aws_iam_role']);
    expect(await state.hasLogSettings('file')).toBe(false);
    expect(await state.logRole('file')).toBe(OWN);
  });
});
