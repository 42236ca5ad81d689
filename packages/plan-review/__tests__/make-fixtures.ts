/**
 * Makes the plans in fixtures/ anew, with the real Terraform and AWS provider, against MiniStack (PyPI `ministack`):
 *
 *   GATEWAY_PORT=4566 ministack &
 *   AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
 *     node -r tsx/cjs __tests__/scripts/plan/make-fixtures.ts
 *   UPDATE_EXAMPLES=1 npx jest __tests__/scripts/plan/examples.test.ts
 *
 * Of `terraform show -json` it keeps what a summary reads, and drops the rest: the state as it is and as it will be, what
 * has nothing to do, and of the configuration all but the regions and what refers to what.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { referencesIn } from '../src/read';
import type { RawPlan } from '../src/schema';
import { synth } from '../../../__tests__/support/synth';

type Stack = Parameters<typeof synth>[0];
type Settings = Parameters<typeof synth>[1];

const endpoint = process.env['AWS_ENDPOINT_URL'];
if (!endpoint) throw new Error('AWS_ENDPOINT_URL is not set: start MiniStack, and name its address.');
const root = mkdtempSync(path.join(os.tmpdir(), 'plan-fixtures-'));

function terraform(folder: string, ...args: string[]): string {
  return execFileSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** MiniStack makes no values of API keys, and answers quota settings that nobody made. */
const EMULATOR = {
  aws_api_gateway_api_key: { key: { value: 'key-of-the-fixtures-0123456789' } },
  aws_api_gateway_usage_plan: { key: { lifecycle: { ignore_changes: ['quota_settings'] } } },
};

class Fixtures {
  private readonly folder: string;

  constructor(private readonly stack: Stack) {
    this.folder = path.join(root, stack);
  }

  /** Lays the stack into its folder, whose state stays. */
  lay(settings: Settings = {}, override: Readonly<Record<string, unknown>> = {}): this {
    cpSync(synth(this.stack, settings).folder, this.folder, { recursive: true });
    const json = {
      terraform: { backend: { local: {} } },
      ...(this.stack === 'manager' && { resource: EMULATOR }),
      ...override,
    };
    writeFileSync(path.join(this.folder, 'fixture_override.tf.json'), JSON.stringify(json));
    terraform(this.folder, 'init', '-input=false', '-no-color');
    return this;
  }

  /** Writes the plan of what lies there as a fixture. */
  plan(name: string, ...options: string[]): this {
    terraform(this.folder, 'plan', '-input=false', '-no-color', '-out=plan', ...options);
    const plan = JSON.parse(terraform(this.folder, 'show', '-json', 'plan')) as RawPlan;
    const file = path.join(__dirname, 'fixtures', `${name}-${this.stack}.json`);
    writeFileSync(file, `${JSON.stringify(scrubbed(plan)).replaceAll(root, '')}\n`);
    console.log(path.relative(process.cwd(), file));
    return this;
  }

  apply(): this {
    terraform(this.folder, 'apply', '-input=false', '-no-color', '-auto-approve');
    return this;
  }
}

function scrubbed(plan: RawPlan): Partial<RawPlan> {
  const { configuration, resource_changes: changes = [], resource_drift: drift, ...others } = plan;
  // Of what has nothing to do, nothing is read; of drift that has nothing to do with the plan, roles show it.
  const kept = changes.filter(({ change }) => change.actions[0] !== 'no-op');
  const touched = new Set(kept.map(({ address }) => address));
  const keptDrift = drift?.filter(
    ({ address, type, change }) => touched.has(address) || change.actions[0] === 'delete' || type === 'aws_iam_role',
  );
  const dropped = { planned_values: undefined, prior_state: undefined };
  return {
    ...others,
    ...dropped,
    resource_changes: kept,
    ...(keptDrift && { resource_drift: keptDrift }),
    configuration: {
      provider_config: mapped(configuration?.provider_config, ({ expressions }) => ({
        expressions: { region: expressions?.['region'] },
      })),
      root_module: { resources: (configuration?.root_module?.resources ?? []).map(referencesOnly) },
    },
  };
}

type Resource = NonNullable<NonNullable<NonNullable<RawPlan['configuration']>['root_module']>['resources']>[number];

function referencesOnly({ address, expressions }: Resource): Resource {
  const references = mapped(expressions, (value) => ({ references: referencesIn(value) }));
  return {
    address,
    expressions: Object.fromEntries(Object.entries(references).filter(([, value]) => value.references.length > 0)),
  };
}

function mapped<T, U>(record: Readonly<Record<string, T>> = {}, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** A call of AWS's JSON protocol past Terraform, which the next plan finds. */
async function drift(target: string, body: object): Promise<void> {
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
  const [items, manager, products] = [new Fixtures('items'), new Fixtures('manager'), new Fixtures('products')];
  for (const stack of [items, manager, products]) {
    stack.lay().plan('create').apply();
    if (stack === items) stack.plan('unchanged');
    stack.lay({ memoryMb: 512 }).plan('setting');
  }
  const table = { hash_key: 'sku', attribute: [{ name: 'sku', type: 'S' }] };
  items.lay({}, { resource: { aws_dynamodb_table: { items: table } } }).plan('replace-table');
  items.lay({ functionPerRoute: true }).plan('per-route');
  items.lay({}).plan('destroy', '-destroy');
  manager
    .lay(
      {},
      {
        resource: {
          aws_api_gateway_method: { post_dynamodbmanager: { api_key_required: false } },
          aws_lambda_permission: { post_dynamodbmanager: { source_arn: null } },
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
  items.lay({ deletionProtection: true }).apply();
  const unprotected = { aws_dynamodb_table: { items: { point_in_time_recovery: { enabled: false } } } };
  items.lay({ logRetentionDays: 7 }, { resource: unprotected }).plan('protection');
  await drift('DynamoDB_20120810.UpdateContinuousBackups', {
    TableName: 'http-crud-tutorial-items',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
  });
  await drift('Logs_20140328.DeleteLogGroup', { logGroupName: '/aws/lambda/http-crud-tutorial-function' });
  items.lay({ deletionProtection: true }).plan('drift');
  rmSync(root, { recursive: true, force: true });
}

void main();
