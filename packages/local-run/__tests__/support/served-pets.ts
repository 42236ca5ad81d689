/** Serves the stack `pets` with an engine, after changes that a test makes. A second function answers GET /health. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ReloadBarrier } from '../../src/engine/reload-barrier';
import type { Engine } from '../../src/engine/engine';
import type { Deployment } from '../../src/model/deployment';
import { type Dynamodb, startDynamodb } from '../../src/services/dynamodb/dynamodb';
import { TerraformStack } from '../../src/source/terraform-json/stack';
import { createEngine } from './engine';
import { type Answer, send } from './http';
import { type PetsOptions, petsTemplate, type Template, writePets } from './pets';

export interface ServedPets {
  readonly deployment: Deployment;
  readonly engine: Engine;
  readonly get: (path: string) => Promise<Answer>;
  /** The URL of an API or a function URL. */
  readonly urlOf: (address: string) => string;
}

let folder: string;
let dynamodb: Dynamodb;
let engine: Engine;

/** @returns a function that serves the changed stack in place of the stack before */
export function servePets(): (change: (template: Template) => void, options?: PetsOptions) => Promise<ServedPets> {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'served-'));
    dynamodb = await startDynamodb(undefined, (fault) => console.error(fault));
    engine = createEngine(dynamodb, new ReloadBarrier(1000), folder);
  });
  afterAll(async () => {
    await engine.stop();
    await dynamodb.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  let version = 0;
  return async (change, options) => {
    version += 1;
    const stack = path.join(folder, String(version));
    writePets(stack, options);
    const template = petsTemplate(options);
    addHealth(template);
    change(template);
    writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify(template));
    await engine.apply([new TerraformStack('pets', stack)]);
    const [deployment] = engine.deployments;
    const url = engine.urlOf('pets', 'aws_apigatewayv2_api.api');
    if (!deployment || url === undefined) throw new Error('nothing is deployed');
    const urlOf = (address: string) => engine.urlOf('pets', address) ?? '';
    return { deployment, engine, get: (target) => send(url, 'GET', target), urlOf };
  };
}

/** Adds a function that shares nothing with the function of the pets except the archive. @param name its name */
export function addHealth({ resource }: Template, name = 'health'): void {
  const copies = [
    ['aws_iam_role', { name: `${name}-role` }],
    ['aws_lambda_function', { function_name: name, role: '${aws_iam_role.health.arn}', environment: null }],
    ['aws_apigatewayv2_integration', { integration_uri: '${aws_lambda_function.health.invoke_arn}' }],
  ] as const;
  for (const [type, changes] of copies) {
    Object.assign(resource[type] ?? {}, { health: { ...(resource[type]?.['function'] as object), ...changes } });
  }
  Object.assign(resource['aws_apigatewayv2_route'] ?? {}, {
    health: {
      api_id: '${aws_apigatewayv2_api.api.id}',
      route_key: 'GET /health',
      target: 'integrations/${aws_apigatewayv2_integration.health.id}',
    },
  });
  Object.assign(resource['aws_lambda_permission'] ?? {}, {
    health: {
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.health.function_name}',
      principal: 'apigateway.amazonaws.com',
      source_arn: '${aws_apigatewayv2_api.api.execution_arn}/*',
    },
  });
}
