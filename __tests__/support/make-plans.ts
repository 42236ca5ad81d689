/**
 * Makes plans of the three tutorial APIs with the real Terraform and AWS provider, against MiniStack (PyPI `ministack`). The plans
 * create, change, replace and destroy resources, and find drift. They are the fixtures of packages/plan-review. To renew them:
 *
 *   GATEWAY_PORT=4566 ministack &
 *   AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
 *     npx jiti __tests__/support/make-plans.ts plans
 *   npx jiti packages/plan-review/__tests__/support/record-fixtures.ts plans
 *   UPDATE_EXAMPLES=1 npx jest __tests__/scripts/plan-examples.test.ts
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Api } from '../../function/contract/api';
import { items as itemsApi } from '../../function/items/contract';
import { manager as managerApi } from '../../function/manager/contract';
import { products as productsApi } from '../../function/products/contract';
import { terraformProgram } from '../../scripts/terraform/program';
import { synth } from './synth';

type Settings = Parameters<typeof synth>[1];

const output = process.argv[2] ?? '';
if (output === '') throw new Error('The folder for the plans is missing. Pass it as the argument.');
const endpoint = process.env['AWS_ENDPOINT_URL'];
if (!endpoint) throw new Error('AWS_ENDPOINT_URL is not set. Start MiniStack, and set it to its URL.');
const workspace = mkdtempSync(path.join(os.tmpdir(), 'plans-'));
mkdirSync(output, { recursive: true });

function terraform(folder: string, ...args: string[]): string {
  return execFileSync(terraformProgram(), args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Works around MiniStack: it generates no values of API keys, and returns quota settings for plans without a quota. */
const EMULATOR = {
  aws_api_gateway_api_key: { key: { value: 'key-of-the-fixtures-0123456789' } },
  aws_api_gateway_usage_plan: { key: { lifecycle: { ignore_changes: ['quota_settings'] } } },
};

class StackPlans {
  private readonly folder: string;

  constructor(private readonly contract: Api) {
    this.folder = path.join(workspace, contract.name);
  }

  /** Synthesizes the stack into its folder, with a local state. */
  synthesize(settings: Settings = {}, override: Readonly<Record<string, unknown>> = {}): this {
    cpSync(synth(this.contract, settings).folder, this.folder, { recursive: true });
    const json = {
      terraform: { backend: { local: {} } },
      ...(this.contract === managerApi && { resource: EMULATOR }),
      ...override,
    };
    writeFileSync(path.join(this.folder, 'fixture_override.tf.json'), JSON.stringify(json));
    terraform(this.folder, 'init', '-input=false', '-no-color');
    return this;
  }

  /** Writes the stack's plan to the output folder. */
  plan(name: string, ...options: string[]): this {
    terraform(this.folder, 'plan', '-input=false', '-no-color', '-out=plan', ...options);
    const file = path.join(output, `${name}-${this.contract.name}.json`);
    writeFileSync(file, terraform(this.folder, 'show', '-json', 'plan').replaceAll(workspace, ''));
    console.log(file);
    return this;
  }

  apply(): this {
    terraform(this.folder, 'apply', '-input=false', '-no-color', '-auto-approve');
    return this;
  }
}

/** Changes a resource through the AWS API, so that the next plan finds drift. */
async function changeOutsideTerraform(target: string, body: object): Promise<void> {
  const service = target.startsWith('Logs') ? 'logs' : 'dynamodb';
  const response = await fetch(endpoint ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${target}: ${response.status} ${await response.text()}`);
}

async function main(): Promise<void> {
  const items = new StackPlans(itemsApi);
  const manager = new StackPlans(managerApi);
  const products = new StackPlans(productsApi);
  for (const stack of [items, manager, products]) {
    stack.synthesize().plan('create').apply();
    if (stack === items) stack.plan('unchanged');
    stack.synthesize({ memoryMb: 512 }).plan('setting');
  }
  const table = { hash_key: 'sku', attribute: [{ name: 'sku', type: 'S' }] };
  items.synthesize({}, { resource: { aws_dynamodb_table: { items: table } } }).plan('replace-table');
  items.synthesize({ functionPerRoute: true }).plan('per-route');
  items.synthesize({}).plan('destroy', '-destroy');
  manager
    .synthesize(
      {},
      {
        resource: {
          aws_api_gateway_method: { post_dynamodbmanager: { api_key_required: false } },
          aws_lambda_permission: { live_post_dynamodbmanager: { source_arn: null } },
          ...EMULATOR,
          aws_api_gateway_api_key: { key: { value: 'another-key-of-the-fixtures-0123' } },
        },
        data: {
          aws_iam_policy_document: {
            function_permissions: {
              statement: [
                { actions: ['dynamodb:*'], resources: ['${aws_dynamodb_table.table.arn}'] },
                {
                  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                  resources: ['${aws_cloudwatch_log_group.function.arn}:*'],
                },
              ],
            },
          },
        },
      },
    )
    .plan('access');
  items.synthesize({ deletionProtection: true }).apply();
  const unprotected = { aws_dynamodb_table: { items: { point_in_time_recovery: { enabled: false } } } };
  items.synthesize({ logRetentionDays: 7 }, { resource: unprotected }).plan('protection');
  await changeOutsideTerraform('DynamoDB_20120810.UpdateContinuousBackups', {
    TableName: 'http-crud-tutorial-items',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
  });
  await changeOutsideTerraform('Logs_20140328.DeleteLogGroup', {
    logGroupName: '/aws/lambda/http-crud-tutorial-function',
  });
  items.synthesize({ deletionProtection: true }).plan('drift');
  rmSync(workspace, { recursive: true, force: true });
}

void main();
