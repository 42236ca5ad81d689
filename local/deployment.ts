/** What a synthesized stack deploys, as the local run needs it: tables, functions and APIs. */
import path from 'node:path';
import type { Statement } from './iam/policy';
import { HTTP_API, HTTP_STAGE, httpApi } from './terraform/http-api';
import { blockOf, expect, numberOf, Resources } from './terraform/resources';
import { REST_API, REST_STAGE, restApi } from './terraform/rest-api';
import { roles } from './terraform/roles';
import { DeploymentError, type Resource, type TerraformStack } from './terraform/stack';
import { checkUniqueNames } from './terraform/unique-names';
import { variablesOf } from './terraform/variables';

export interface TableDeployment {
  readonly name: string;
  readonly arn: string;
  readonly keySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
}

export interface FunctionDeployment {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly region: string;
  readonly runtime: string;
  readonly handler: string;
  /** Absolute path of the archive. */
  readonly archive: string;
  /** SHA-256 that the archive must have, in base64. */
  readonly archiveHash: string | undefined;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Instances at most; undefined: as many as the account lets run. */
  readonly reservedConcurrency?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
}

/** A role, and what its inline policies have about DynamoDB. */
export interface RoleDeployment {
  readonly name: string;
  readonly arn: string;
  /** Addresses of its policies: `aws_iam_role_policy.function`. */
  readonly policies: readonly string[];
  readonly statements: readonly Statement[];
  /** Allowed actions of services that the local run does not have. */
  readonly otherActions: readonly string[];
}

export interface RouteDeployment {
  /** `GET /items/{id}`. */
  readonly routeKey: string;
  readonly functionArn: string;
  /** How long the gateway waits for the integration. */
  readonly timeoutMs: number;
  /** Whether a permission lets this API invoke the function for this route. */
  readonly permitted: boolean;
  /** The route's own, in place of the stage's. */
  readonly throttle?: ThrottleDeployment;
  /** A request that it takes; for the console page. */
  readonly example?: { readonly body?: unknown; readonly query?: readonly string[] };
}

export interface RestRouteDeployment extends RouteDeployment {
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** JSON Schema by which the gateway itself refuses bodies. */
  readonly bodySchema?: object;
}

/** Requests a second, and at once. */
export interface ThrottleDeployment {
  readonly rate: number;
  readonly burst: number;
}

export interface UsagePlanDeployment {
  readonly name: string;
  /** Of each of its keys. */
  readonly throttle: ThrottleDeployment;
  /** Of each of its keys: requests a period. */
  readonly quota?: QuotaDeployment;
  readonly keys: readonly { readonly id: string; readonly value: string }[];
}

export interface QuotaDeployment {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

/** What an HTTP API answers in the function's place to a browser that asks from another origin. */
export interface CorsDeployment {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  /** `*`, `https://*`, or whole origins. */
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
}

interface ApiDeploymentBase<R extends RouteDeployment> {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly throttle: ThrottleDeployment;
  readonly routes: readonly R[];
}

export interface HttpApiDeployment extends ApiDeploymentBase<RouteDeployment> {
  readonly kind: 'http-api';
  readonly cors?: CorsDeployment;
}

export interface RestApiDeployment extends ApiDeploymentBase<RestRouteDeployment> {
  readonly kind: 'rest-api';
  readonly deploymentId: string;
  readonly usagePlans: readonly UsagePlanDeployment[];
}

export type ApiDeployment = HttpApiDeployment | RestApiDeployment;

export interface Deployment {
  readonly stack: string;
  readonly tables: readonly TableDeployment[];
  readonly functions: readonly FunctionDeployment[];
  /** The roles of the functions, and others that the stack has. */
  readonly roles: readonly RoleDeployment[];
  readonly apis: readonly ApiDeployment[];
  /** Sensitive ones too: there is nobody else on this machine to hide them from. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

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
