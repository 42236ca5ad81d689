/** What a synthesized stack deploys, as the local run needs it: tables, functions and APIs. */
import path from 'node:path';
import type { Deployment, FunctionDeployment, TableDeployment } from '../model/deployment';
import { HTTP_API, HTTP_STAGE, httpApi } from './terraform-json/http-api';
import { blockOf, expect, numberOf, Resources } from './terraform-json/resources';
import { REST_API, REST_STAGE, restApi } from './terraform-json/rest-api';
import { roles } from './terraform-json/roles';
import { DeploymentError } from '../model/deployment-error';
import type { Resource, TerraformStack } from './terraform-json/stack';
import { checkUniqueNames } from './terraform-json/unique-names';
import { variablesOf } from './terraform-json/variables';

/** Addresses of a stack's APIs; each gets a port of its own. */
export function apiAddresses(stack: TerraformStack): string[] {
  return [...stack.addressesOf(HTTP_API), ...stack.addressesOf(REST_API)];
}

/**
 * @param endpoints where each API listens (`http://127.0.0.1:3000`), by its address
 * @throws DeploymentError that names what is not understood
 */
export function deploymentOf(stack: TerraformStack, endpoints: ReadonlyMap<string, string>): Deployment {
  const resources = new Resources(stack.name, stack.evaluate(givenBy(stack, endpoints)));
  checkUniqueNames(resources);
  for (const { address, attributes } of resources.of('aws_lambda_permission')) {
    const target = attributes['function_name'];
    if (resources.of('aws_lambda_function').some((lambda) => lambda.attributes['function_name'] === target)) continue;
    throw new DeploymentError(`${address}: ${String(target)} is no function of this stack.`);
  }
  return {
    stack: stack.name,
    tables: resources.of('aws_dynamodb_table').map(table),
    functions: resources.of('aws_lambda_function').map((resource) => lambda(resource, stack)),
    roles: roles(resources),
    apis: [
      ...resources.of(HTTP_API).map((api) => httpApi(api, resources)),
      ...resources.of(REST_API).map((api) => restApi(api, resources)),
    ],
    outputs: stack.outputs(),
  };
}

/** What only the run knows: the addresses of APIs and of their stages. */
function givenBy(stack: TerraformStack, endpoints: ReadonlyMap<string, string>) {
  const given = new Map<string, Record<string, unknown>>();
  for (const [address, url] of endpoints) given.set(address, { api_endpoint: url });
  for (const address of stack.addressesOf(REST_STAGE)) {
    const { rest_api_id: api, stage_name: stage } = stack.configured(address) ?? {};
    given.set(address, { invoke_url: `${endpointOf(address, 'rest_api_id', api, endpoints)}/${String(stage)}` });
  }
  for (const address of stack.addressesOf(HTTP_STAGE)) {
    const { api_id: api, name } = stack.configured(address) ?? {};
    const url = endpointOf(address, 'api_id', api, endpoints);
    given.set(address, { invoke_url: `${url}/${name === '$default' ? '' : String(name)}` });
  }
  return given;
}

/** Where the API listens that a stage refers to. */
function endpointOf(address: string, attribute: string, api: unknown, endpoints: ReadonlyMap<string, string>): string {
  const [, owner] = /^\$\{(.+)\.id\}$/.exec(String(api)) ?? [];
  const url = endpoints.get(owner ?? '');
  if (url !== undefined) return url;
  throw new DeploymentError(`${address}: ${attribute} = ${String(api)} is no API of this stack.`);
}

function table(resource: Resource): TableDeployment {
  expect(resource, 'billing_mode', ['PAY_PER_REQUEST']);
  const { attributes } = resource;
  const declared = attributes['attribute'] as readonly { name: string; type: string }[];
  const range = attributes['range_key'] as string | undefined;
  return {
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    keySchema: [
      { AttributeName: attributes['hash_key'] as string, KeyType: 'HASH' },
      ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
    ],
    attributes: declared.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
  };
}

function lambda(resource: Resource, { folder, region }: TerraformStack): FunctionDeployment {
  const { address, attributes } = resource;
  const runtime = attributes['runtime'] as string;
  if (!/^nodejs\d+\.x$/.test(runtime)) {
    throw new DeploymentError(
      `${address}: the runtime ${runtime} is not understood by the local run; it runs nodejs ones.`,
    );
  }
  const logging = blockOf(resource, 'logging_config') as Readonly<Record<string, string>>;
  const name = attributes['function_name'] as string;
  return {
    name,
    arn: attributes['arn'] as string,
    roleArn: attributes['role'] as string,
    region,
    runtime,
    handler: attributes['handler'] as string,
    archive: path.resolve(folder, attributes['filename'] as string),
    archiveHash: attributes['source_code_hash'] as string | undefined,
    // Lambda's defaults: 128 MB, 3 seconds.
    memoryMb: numberOf(address, attributes, 'memory_size', 128),
    timeoutMs: numberOf(address, attributes, 'timeout', 3) * 1000,
    reservedConcurrency: reservedConcurrency(resource),
    environment: variablesOf(address, blockOf(resource, 'environment')['variables']),
    logGroup: logging['log_group'] ?? `/aws/lambda/${name}`,
    logFormat: logging['log_format'] ?? 'Text',
    logLevel: logging['application_log_level'],
  };
}

/** -1, Terraform's default, reserves nothing: the function takes its part of the account's concurrency. */
function reservedConcurrency({ address, attributes }: Resource): number | undefined {
  const reserved = numberOf(address, attributes, 'reserved_concurrent_executions', -1);
  return reserved < 0 ? undefined : reserved;
}
