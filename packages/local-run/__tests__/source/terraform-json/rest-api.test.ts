/** The local run refuses REST APIs that API Gateway refuses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deploymentOf } from '../../../src/source/deployment';
import { DeploymentError } from '../../../src/model/deployment-error';
import { TerraformStack } from '../../../src/source/terraform-json/stack';
import { restApiFixture } from '../../conformance/fixture/rest-api';
import { writeFixture } from '../../conformance/fixture/write';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const URLS = new Map([['aws_api_gateway_rest_api.main', 'http://127.0.0.1:3000']]);
const API = '${aws_api_gateway_rest_api.main.id}';
const ROOT = '${aws_api_gateway_rest_api.main.root_resource_id}';

/** Reads the fixture's API, with more resources of one type. */
function deploy(type = '', more: Readonly<Record<string, object>> = {}) {
  writeFixture('rest-api', folder);
  const template = restApiFixture();
  const all = { ...template.resource, ...(type !== '' && { [type]: { ...template.resource[type], ...more } }) };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ ...template, resource: all }));
  return deploymentOf(new TerraformStack('rest', folder), URLS);
}

const below = (parent: string, part: string) => ({ rest_api_id: API, parent_id: parent, path_part: part });

test('reads the fixture', () => {
  expect(deploy().apis[0]?.routes.length).toBeGreaterThan(10);
});

test.each<[string, object, RegExp]>([
  ['a duplicate path', below(ROOT, 'pets'), /aws_api_gateway_resource\.more: its parent has another child "pets"/],
  [
    'two variables side by side',
    below('${aws_api_gateway_resource.pets.id}', '{name}'),
    /aws_api_gateway_resource\.more: "{name}" and "{id}" are variables of the same parent, which may have only one/,
  ],
  [
    'a path below a greedy variable',
    below('${aws_api_gateway_resource.greedy_proxy_greedy.id}', 'more'),
    /aws_api_gateway_resource\.more: its parent "{proxy\+}" must be the end of a path/,
  ],
  ['a slash in a path part', below(ROOT, 'a/b'), /aws_api_gateway_resource\.more: path_part = "a\/b"/],
  [
    'a variable that is not the whole path part',
    below(ROOT, 'a{id}'),
    /aws_api_gateway_resource\.more: path_part = "a{id}"/,
  ],
  [
    'a space in a path part',
    below(ROOT, 'a b'),
    /aws_api_gateway_resource\.more: path_part = "a b" must consist of letters, /,
  ],
])('refuses %s', (_name, resource, message) => {
  const attempt = () => deploy('aws_api_gateway_resource', { more: resource });
  expect(attempt).toThrow(DeploymentError);
  expect(attempt).toThrow(message);
});

test('refuses a duplicate method', () => {
  const twice = restApiFixture().resource['aws_api_gateway_method']?.['GET_pets'] ?? {};
  expect(() => deploy('aws_api_gateway_method', { more: twice })).toThrow(
    /aws_api_gateway_method\.more: API Gateway refuses a second method "GET \/pets"/,
  );
});

test("uses the account's throttle for limits of -1, Terraform's default", () => {
  const all = {
    rest_api_id: API,
    stage_name: '${aws_api_gateway_stage.main.stage_name}',
    method_path: '*/*',
    settings: { throttling_rate_limit: -1, throttling_burst_limit: -1 },
  };
  expect(deploy('aws_api_gateway_method_settings', { all }).apis[0]?.throttle).toEqual({ rate: 10_000, burst: 5_000 });
});

test.each(['v1.0:a,b_c-d', '$batch'])('accepts the path part %s', (part) => {
  expect(() => deploy('aws_api_gateway_resource', { more: below(ROOT, part) })).not.toThrow();
});

test('accepts several permissions without a statement id', () => {
  const [permission = {}] = Object.values(restApiFixture().resource['aws_lambda_permission'] ?? {});
  const unnamed = { ...permission, statement_id: null };
  expect(() => deploy('aws_lambda_permission', { one: unnamed, two: unnamed })).not.toThrow();
});
