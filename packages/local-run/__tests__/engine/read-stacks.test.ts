/** A part that AWS or Terraform would refuse stops only the routes that depend on it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../../src/engine/engine';
import { ReloadBarrier } from '../../src/engine/reload-barrier';
import { DeploymentError } from '../../src/model/deployment-error';
import { type Dynamodb, startDynamodb } from '../../src/services/dynamodb/dynamodb';
import { TerraformStack } from '../../src/source/terraform-json/stack';
import { setAttribute } from '../support/deployed-pets';
import { createEngine } from '../support/engine';
import { send } from '../support/http';
import { petsTemplate, type Template, writePets } from '../support/pets';
import { addHealth } from '../support/served-pets';

let folder: string;
let dynamodb: Dynamodb;
let engine: Engine;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'read-stacks-'));
  dynamodb = await startDynamodb(undefined, (fault) => console.error(fault));
  engine = createEngine(dynamodb, new ReloadBarrier(1000), folder);
});
afterEach(async () => {
  await engine.stop();
  await dynamodb.stop();
  rmSync(folder, { recursive: true, force: true });
});

const unchanged = () => undefined;

/** The stack `name` with the routes of the pets, `GET /health` with a function of its own, and a change. */
function stackOf(name: string, change: (template: Template) => void): TerraformStack {
  const at = path.join(folder, name);
  writePets(at, { prefix: name });
  const template = petsTemplate({ prefix: name });
  addHealth(template, `${name}-health`);
  change(template);
  writeFileSync(path.join(at, 'cdk.tf.json'), JSON.stringify(template));
  return new TerraformStack(name, at);
}

const set =
  (address: string, attribute: string, value: unknown) =>
  ({ resource }: Template) =>
    setAttribute(resource, address, attribute, value);

const MISSING = set('aws_lambda_function.function', 'role', '${aws_iam_role.missing.arn}');

const statusOf = async (stack: string, target: string) => {
  const url = engine.urlOf(stack, 'aws_apigatewayv2_api.api');
  if (url === undefined) return undefined;
  return (await send(url, 'GET', target)).status;
};

test('a stack that Terraform refuses does not stop another stack', async () => {
  await engine.apply([stackOf('broken', MISSING), stackOf('cats', unchanged)]);
  expect(engine.failures).toEqual([expect.stringMatching(/^Stack broken: a reference to aws_iam_role\.missing/)]);
  expect(engine.deployments.map(({ stack }) => stack)).toEqual(['cats']);
  expect([await statusOf('cats', '/pets'), await statusOf('broken', '/pets')]).toEqual([200, undefined]);
});

test('a reload serves a stack that is correct again', async () => {
  await engine.apply([stackOf('broken', MISSING), stackOf('cats', unchanged)]);
  await engine.apply([stackOf('broken', MISSING), stackOf('cats', unchanged)]);
  expect(engine.failures).toHaveLength(1);
  await engine.apply([stackOf('broken', unchanged), stackOf('cats', unchanged)]);
  expect(engine.failures).toEqual([]);
  expect([await statusOf('cats', '/pets'), await statusOf('broken', '/pets')]).toEqual([200, 200]);
});

test('a start fails if no stack can run', async () => {
  const applied = engine.apply([stackOf('broken', MISSING), stackOf('other', MISSING)]);
  await expect(applied).rejects.toThrow(DeploymentError);
  await expect(applied).rejects.toThrow(/Stack broken: .*\nStack other: /);
});

test.each<[string, (template: Template) => void, RegExp]>([
  [
    'a role with a policy that IAM refuses',
    set('aws_iam_role_policy.function', 'policy', '{"Statement":[]}'),
    /^IAM refuses aws_iam_role_policy\.function: it has no statement$/,
  ],
  [
    'a role that Lambda may not assume',
    set('aws_iam_role.function', 'assume_role_policy', '{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}'),
    /^IAM refuses aws_iam_role\.function: its assume_role_policy does not let/,
  ],
  [
    'a table without an attribute for its key',
    set('aws_dynamodb_table.pets', 'attribute', []),
    /^aws_dynamodb_table\.pets: the key id is not an attribute/,
  ],
  [
    'a function with a reserved variable',
    set('aws_lambda_function.function', 'environment', { variables: { AWS_REGION: 'x' } }),
    /^aws_lambda_function\.function: Lambda refuses these environment variables/,
  ],
])('%s stops only its routes', async (_name, change, refused) => {
  await engine.apply([stackOf('dogs', change)]);
  expect([await statusOf('dogs', '/pets'), await statusOf('dogs', '/health')]).toEqual([501, 200]);
  expect(engine.deployments[0]?.notSimulated).toEqual([
    expect.objectContaining({ refused: expect.stringMatching(refused) }),
  ]);
});

test('an API that AWS refuses does not stop the API of another stack', async () => {
  const twice = set('aws_apigatewayv2_route.put_pets', 'route_key', 'GET /pets');
  await engine.apply([stackOf('dogs', twice), stackOf('cats', unchanged)]);
  expect([await statusOf('dogs', '/health'), await statusOf('cats', '/health')]).toEqual([501, 200]);
});

test('a reload with a new fault keeps the previous version', async () => {
  await engine.apply([stackOf('cats', unchanged)]);
  const faulty = engine.apply([stackOf('cats', set('aws_iam_role_policy.function', 'policy', '{"Statement":[]}'))]);
  await expect(faulty).rejects.toThrow('cats: IAM refuses aws_iam_role_policy.function: it has no statement.');
  expect(await statusOf('cats', '/pets')).toBe(200);
});

describe('with --strict', () => {
  const NOT_SIMULATED = set('aws_lambda_function.function', 'file_system_config', { arn: 'a' });
  const message = '\n  cats: aws_lambda_function.function: file_system_config is not supported by the local run.\n';

  beforeEach(() => {
    engine = createEngine(dynamodb, new ReloadBarrier(1000), folder, { strict: true });
  });

  test('anything that is not simulated ends the start', async () => {
    await expect(engine.apply([stackOf('cats', NOT_SIMULATED)])).rejects.toThrow(message);
  });

  test('a stack that Terraform refuses ends the start', async () => {
    const applied = engine.apply([stackOf('broken', MISSING), stackOf('cats', unchanged)]);
    await expect(applied).rejects.toThrow(/^--strict: [^]*\n {2}Stack broken: a reference to/);
  });

  test('a reload with anything that is not simulated keeps the previous version', async () => {
    await engine.apply([stackOf('cats', unchanged)]);
    const { deployments } = engine;
    await expect(engine.apply([stackOf('cats', NOT_SIMULATED)])).rejects.toThrow(message);
    expect(engine.deployments).toBe(deployments);
    expect(await statusOf('cats', '/pets')).toBe(200);
    await engine.apply([stackOf('cats', unchanged)]);
    expect(await statusOf('cats', '/health')).toBe(200);
  });
});
