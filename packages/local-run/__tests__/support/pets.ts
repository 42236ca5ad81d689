/** The stack `pets` in the form in which `cdktf synth` writes stacks: an HTTP API, its function and role, and a table. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';

/* eslint-disable @typescript-eslint/no-explicit-any -- Terraform's JSON, which tests change */
export interface Template {
  readonly provider: Record<string, any[]>;
  readonly data: Record<string, Record<string, any>>;
  readonly resource: Record<string, Record<string, any>>;
  readonly output: Record<string, any>;
}
/* eslint-enable */

export interface PetsOptions {
  /** Prefix of the resource names. @default pets */
  readonly prefix?: string;
  /** Source of the function's `index.js`. @default answers 200 */
  readonly source?: string;
}

const ARCHIVE = 'function.zip';
const OK = 'exports.handler = async () => ({ statusCode: 200, body: "ok" })';

const ROUTES = {
  get_pets: 'GET /pets',
  get_pets_id: 'GET /pets/{id}',
  put_pets: 'PUT /pets',
  delete_pets_id: 'DELETE /pets/{id}',
};

export function petsTemplate({ prefix = 'pets', source = OK }: PetsOptions = {}): Template {
  const statement = (service: string, actions: string[], resources: string[]) => ({
    actions: actions.map((action) => `${service}:${action}`),
    resources,
  });
  return {
    provider: { aws: [{ region: 'us-east-1' }] },
    data: {
      aws_iam_policy_document: {
        function_trust: {
          statement: [
            {
              actions: ['sts:AssumeRole'],
              principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
            },
          ],
        },
        function_permissions: {
          statement: [
            statement('logs', ['CreateLogStream', 'PutLogEvents'], ['${aws_cloudwatch_log_group.function.arn}:*']),
            statement('dynamodb', ['GetItem', 'PutItem', 'DeleteItem', 'Scan'], ['${aws_dynamodb_table.pets.arn}']),
          ],
        },
      },
    },
    resource: {
      aws_dynamodb_table: {
        pets: {
          name: prefix,
          billing_mode: 'PAY_PER_REQUEST',
          hash_key: 'id',
          attribute: [{ name: 'id', type: 'S' }],
        },
      },
      aws_cloudwatch_log_group: { function: { name: `/aws/lambda/${prefix}-function`, retention_in_days: 14 } },
      aws_iam_role: {
        function: {
          name: `${prefix}-role`,
          assume_role_policy: '${data.aws_iam_policy_document.function_trust.json}',
        },
      },
      aws_iam_role_policy: {
        function: {
          name: `${prefix}-policy`,
          role: '${aws_iam_role.function.name}',
          policy: '${data.aws_iam_policy_document.function_permissions.json}',
        },
      },
      aws_lambda_function: {
        function: {
          function_name: `${prefix}-function`,
          role: '${aws_iam_role.function.arn}',
          runtime: 'nodejs22.x',
          handler: 'index.handler',
          filename: ARCHIVE,
          source_code_hash: createHash('sha256').update(archive(source)).digest('base64'),
          memory_size: 256,
          timeout: 10,
          environment: { variables: { TABLE_NAME: '${aws_dynamodb_table.pets.name}' } },
          logging_config: {
            log_format: 'JSON',
            log_group: '${aws_cloudwatch_log_group.function.name}',
            application_log_level: 'INFO',
          },
          depends_on: ['aws_iam_role_policy.function'],
        },
      },
      aws_lambda_permission: eachRoute((name, key) => ({
        statement_id: name,
        action: 'lambda:InvokeFunction',
        function_name: '${aws_lambda_function.function.function_name}',
        principal: 'apigateway.amazonaws.com',
        source_arn: `\${aws_apigatewayv2_api.api.execution_arn}/\${aws_apigatewayv2_stage.default.name}/${key.replace(' ', '')}`,
      })),
      aws_apigatewayv2_api: { api: { name: `${prefix}-api`, protocol_type: 'HTTP' } },
      aws_apigatewayv2_integration: {
        function: {
          api_id: '${aws_apigatewayv2_api.api.id}',
          integration_type: 'AWS_PROXY',
          integration_uri: '${aws_lambda_function.function.invoke_arn}',
          payload_format_version: '2.0',
        },
      },
      aws_apigatewayv2_route: eachRoute((_name, key) => ({
        api_id: '${aws_apigatewayv2_api.api.id}',
        route_key: key,
        target: 'integrations/${aws_apigatewayv2_integration.function.id}',
      })),
      aws_apigatewayv2_stage: {
        default: {
          api_id: '${aws_apigatewayv2_api.api.id}',
          name: '$default',
          auto_deploy: true,
          default_route_settings: { throttling_rate_limit: 1000, throttling_burst_limit: 500 },
        },
      },
    },
    output: {
      url: { value: '${aws_apigatewayv2_api.api.api_endpoint}' },
      table_name: { value: '${aws_dynamodb_table.pets.name}' },
    },
  };
}

/** Writes the stack and the archive of its function into the folder. */
export function writePets(folder: string, options: PetsOptions = {}): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(petsTemplate(options)));
  writeFileSync(path.join(folder, ARCHIVE), archive(options.source ?? OK));
}

function archive(source: string): Uint8Array {
  return zipSync({ 'index.js': Buffer.from(source) }, { mtime: '2020-01-01T00:00:00Z' });
}

function eachRoute(resource: (name: string, key: string) => object): Record<string, object> {
  return Object.fromEntries(Object.entries(ROUTES).map(([name, key]) => [name, resource(name, key)]));
}
