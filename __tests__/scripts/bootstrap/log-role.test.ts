/** API Gateway's role for access logs, from an HTTP server that answers as API Gateway and IAM do. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Bucket } from '../../../scripts/bootstrap/bucket';
import { findLogRole, refuseForeignLogRole } from '../../../scripts/bootstrap/log-role';
import { BootstrapState } from '../../../scripts/bootstrap/state';
import { readSettings } from '../../../stacks/settings';

const OWN = 'arn:aws:iam::111122223333:role/cdktf-serverless-crud-logs-eu-west-1';
const OTHER = 'arn:aws:iam::111122223333:role/service/apigateway-logs';
const environment = { ...process.env };

let server: http.Server;
/** The answer to GET /account; undefined for a refusal. */
let account: object | undefined;
let roles: readonly string[];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [status, answer] = request.url === '/account' ? accountAnswer() : roleAnswer(new URLSearchParams(body));
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

function accountAnswer(): [number, string] {
  return account ? [200, JSON.stringify(account)] : [403, JSON.stringify({ message: 'not authorized' })];
}

function roleAnswer(form: URLSearchParams): [number, string] {
  const arn = roles.find((role) => role.endsWith(`/${form.get('RoleName')}`));
  if (arn === undefined)
    return [404, '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>'];
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
  roles = [OWN, OTHER];
  expect(await findLogRole('eu-west-1', own)).toEqual(expected);
});

test('settings that cannot be read are reported with the permission', async () => {
  account = undefined;
  await expect(findLogRole('eu-west-1')).rejects.toThrow(
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
  });

  test.each(['none', 'own', 'dead'] as const)('creates or keeps the role when the owner is %s', (owner) => {
    expect(() => refuseForeignLogRole(settings('CREATE'), { arn: OTHER, owner })).not.toThrow();
  });

  test('keeps the role of another owner with KEEP', () => {
    expect(() => refuseForeignLogRole(settings('KEEP'), { arn: OTHER, owner: 'foreign' })).not.toThrow();
  });
});

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform)
  process.stderr.write('Skipped: the settings of API Gateway in a state, because there is no terraform on the PATH\n');

(hasTerraform ? describe : describe.skip)('a state with the settings of API Gateway', () => {
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

  test('forgets the settings, so that Terraform does not reset them, and keeps the role', async () => {
    await state.forgetLogSettings('file');
    const { resources } = JSON.parse(readFileSync(file(), 'utf8')) as { resources: { type: string }[] };
    expect(resources.map(({ type }) => type)).toEqual(['aws_iam_role']);
    // A state without the settings stays as it is.
    await state.forgetLogSettings('file');
    expect(await state.logRole('file')).toBe(OWN);
  });
});
