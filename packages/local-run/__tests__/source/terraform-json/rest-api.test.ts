/** What of a REST API's Terraform API Gateway refuses, and so the local run does, too. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deploymentOf } from '../../../src/source/deployment';
import { DeploymentError } from '../../../src/model/deployment-error';
import { TerraformStack } from '../../../src/source/terraform-json/stack';
import { restApiFixture } from '../../conformance/fixture/rest-api';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const URLS = new Map([['aws_api_gateway_rest_api.main', 'http://127.0.0.1:3000']]);
const API = '${aws_api_gateway_rest_api.main.id}';
const ROOT = '${aws_api_gateway_rest_api.main.root_resource_id}';

/** The fixture's API, with more resources of a type. */
function deploy(type = '', more: Readonly<Record<string, object>> = {}) {
  const template = restApiFixture();
  const all = { ...template.resource, ...(type !== '' && { [type]: { ...template.resource[type], ...more } }) };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ ...template, resource: all }));
  return deploymentOf(new TerraformStack('rest', folder), URLS);
}

const below = (parent: string, part: string) => ({ rest_api_id: API, parent_id: parent, path_part: part });

test('the fixture is understood', () => {
  expect(deploy().apis[0]?.routes.length).toBeGreaterThan(10);
});

test.each<[string, object, RegExp]>([
  [
    'a path twice',
    below(ROOT, 'pets'),
    /aws_api_gateway_resource\.more: there is another "pets" below the same parent/,
  ],
  [
    'two variables side by side',
    below('${aws_api_gateway_resource.pets.id}', '{name}'),
    /aws_api_gateway_resource\.more: "{name}" and "{id}" are variables of the same parent, which may have one/,
  ],
  [
    'a path below a greedy variable',
    below('${aws_api_gateway_resource.greedy_proxy_greedy.id}', 'more'),
    /aws_api_gateway_resource\.more: it is below "{proxy\+}", which must be the end of a path/,
  ],
  ['a slash in a path part', below(ROOT, 'a/b'), /aws_api_gateway_resource\.more: path_part = "a\/b"/],
  ['a variable that is not all of it', below(ROOT, 'a{id}'), /aws_api_gateway_resource\.more: path_part = "a{id}"/],
  ['a space', below(ROOT, 'a b'), /aws_api_gateway_resource\.more: path_part = "a b" must be letters, /],
])('%s', (_name, resource, message) => {
  const attempt = () => deploy('aws_api_gateway_resource', { more: resource });
  expect(attempt).toThrow(DeploymentError);
  expect(attempt).toThrow(message);
});

test('a method twice', () => {
  const twice = restApiFixture().resource['aws_api_gateway_method']?.['GET_pets'] ?? {};
  expect(() => deploy('aws_api_gateway_method', { more: twice })).toThrow(
    /aws_api_gateway_method\.more: API Gateway refuses a second method "GET \/pets"/,
  );
});

test("-1, Terraform's default, sets no throttle: the account's is left", () => {
  const all = {
    rest_api_id: API,
    stage_name: '${aws_api_gateway_stage.main.stage_name}',
    method_path: '*/*',
    settings: { throttling_rate_limit: -1, throttling_burst_limit: -1 },
  };
  expect(deploy('aws_api_gateway_method_settings', { all }).apis[0]?.throttle).toEqual({ rate: 10_000, burst: 5_000 });
});

test.each(['v1.0:a,b_c-d', '$batch'])('the path part %s is fine', (part) => {
  expect(() => deploy('aws_api_gateway_resource', { more: below(ROOT, part) })).not.toThrow();
});

test('permissions without a statement id of their own get one each from Terraform', () => {
  const [permission = {}] = Object.values(restApiFixture().resource['aws_lambda_permission'] ?? {});
  const own = { ...permission, statement_id: null };
  expect(() => deploy('aws_lambda_permission', { one: own, two: own })).not.toThrow();
});
