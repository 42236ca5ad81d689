/** The synthesized stack `items`, changed, and what the local run makes of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deploymentOf } from 'local-run/source/deployment';
import { DeploymentError } from 'local-run/model/deployment-error';
import { TerraformStack } from 'local-run/source/terraform-json/stack';
import { type Synthesized, synthItems } from './synth';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

export function set(resource: Synthesized['resource'], address: string, attribute: string, value: unknown): void {
  const [type = '', name = ''] = address.split('.');
  Object.assign(resource[type]?.[name] as object, { [attribute]: value });
}

const URLS = new Map([['aws_apigatewayv2_api.api', 'http://127.0.0.1:3000']]);

export function deploy(json: object) {
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(json));
  return deploymentOf(new TerraformStack('items', folder), URLS);
}

const { data, output, provider, resource } = synthItems();
export const synthesized = { data, output, provider, resource };

/** The stack `items`, changed. */
export function changed(change: (stack: typeof synthesized) => void): typeof synthesized {
  const stack = structuredClone(synthesized);
  change(stack);
  return stack;
}

/** The DynamoDB statement of the function's policy. */
export function statementOf({ data }: typeof synthesized): Record<string, unknown> {
  const { statement } = data['aws_iam_policy_document']?.['function_permissions'] as {
    statement: Record<string, unknown>[];
  };
  return statement.find(({ actions }) => String(actions).includes('dynamodb:')) ?? {};
}

/** The statement by which Lambda may assume the role. */
export function trustOf(data: (typeof synthesized)['data']): object {
  const { statement } = data['aws_iam_policy_document']?.['function_trust'] as { statement: object[] };
  return statement[0] ?? {};
}

/** What the local run says of a stack that it does not take: a name, the change that makes it one, and the message. */
export type Refusal = readonly [name: string, change: (stack: typeof synthesized) => void, message: RegExp];

export function testRefusals(refusals: readonly Refusal[]): void {
  test.each(refusals)('%s', (_name, change, message) => {
    const attempt = () => deploy(changed(change));
    expect(attempt).toThrow(DeploymentError);
    expect(attempt).toThrow(message);
  });
}
