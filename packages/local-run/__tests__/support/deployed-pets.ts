/** Reads the stack `pets` into the model, after changes that a test makes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../../src/model/deployment';
import { DeploymentError } from '../../src/model/deployment-error';
import { deploymentOf } from '../../src/source/deployment';
import { TerraformStack } from '../../src/source/terraform-json/stack';
import { petsTemplate, type Template, writePets } from './pets';

const ENDPOINTS = new Map([['aws_apigatewayv2_api.api', 'http://127.0.0.1:3000']]);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

export function readDeployment(template: Template): Deployment {
  writePets(folder);
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(template));
  return deploymentOf(new TerraformStack('pets', folder), ENDPOINTS);
}

export function changedPets(change: (template: Template) => void): Template {
  const template = petsTemplate();
  change(template);
  return template;
}

/** Sets an attribute of the resource at an address such as `aws_dynamodb_table.pets`. */
export function setAttribute(resource: Template['resource'], address: string, attribute: string, value: unknown): void {
  const [type = '', name = ''] = address.split('.');
  Object.assign(resource[type]?.[name] as object, { [attribute]: value });
}

/** Returns the DynamoDB statement of the function's policy. */
export function dynamodbStatement({ data }: Template): Record<string, unknown> {
  const { statement } = data['aws_iam_policy_document']?.['function_permissions'] as {
    statement: Record<string, unknown>[];
  };
  return statement.find(({ actions }) => String(actions).includes('dynamodb:')) ?? {};
}

/** Returns the statement that lets Lambda assume the role. */
export function trustStatement({ data }: Template): object {
  const { statement } = data['aws_iam_policy_document']?.['function_trust'] as { statement: object[] };
  return statement[0] ?? {};
}

/** A change after which the local run refuses the stack, with the message of the error. */
export type Refusal = readonly [name: string, change: (template: Template) => void, message: RegExp];

export function testRefusals(refusals: readonly Refusal[]): void {
  test.each(refusals)('refuses %s', (_name, change, message) => {
    const read = () => readDeployment(changedPets(change));
    expect(read).toThrow(DeploymentError);
    expect(read).toThrow(message);
  });
}
