/** What a synthesized stack deploys, as the local run needs it: tables, functions and APIs. */
import path from 'node:path';
import { type Attributes, DeploymentError, type Resource, type TerraformStack } from './terraform';

export interface TableDeployment {
  readonly name: string;
  readonly keySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
}

export interface FunctionDeployment {
  readonly name: string;
  readonly arn: string;
  /** How API Gateway addresses the function. */
  readonly invokeArn: string;
  readonly roleArn: string;
  readonly region: string;
  readonly runtime: string;
  readonly handler: string;
  /** Absolute path of the archive. */
  readonly archive: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: string;
  readonly logLevel: string | undefined;
}

export interface RouteDeployment {
  /** `GET /items/{id}`. */
  readonly routeKey: string;
  readonly functionArn: string;
  /** How long the gateway waits for the integration. */
  readonly timeoutMs: number;
  /** Whether a permission lets this API invoke the function for this route. */
  readonly permitted: boolean;
}

export interface HttpApiDeployment {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  /** Requests a second, and at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly routes: readonly RouteDeployment[];
}

export interface Deployment {
  readonly stack: string;
  readonly tables: readonly TableDeployment[];
  readonly functions: readonly FunctionDeployment[];
  readonly apis: readonly HttpApiDeployment[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>;
}

/** The resource types that are APIs; each gets a port of its own. */
export const API_TYPE = 'aws_apigatewayv2_api';

/**
 * @param endpoints where each API listens (`http://127.0.0.1:3000`), by its address
 * @throws DeploymentError that names what is not understood
 */
export function deploymentOf(stack: TerraformStack, endpoints: ReadonlyMap<string, string>): Deployment {
  const given = new Map([...endpoints].map(([address, url]) => [address, { api_endpoint: url }]));
  const resources = new Resources(stack.name, stack.evaluate(given));
  return {
    stack: stack.name,
    tables: resources.of('aws_dynamodb_table').map(table),
    functions: resources.of('aws_lambda_function').map((resource) => lambda(resource, stack)),
    apis: resources.of(API_TYPE).map((resource) => httpApi(resource, resources)),
    outputs: stack.outputs(),
  };
}

class Resources {
  constructor(
    readonly stack: string,
    private readonly all: readonly Resource[],
  ) {}

  of(type: string): Resource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The one resource of a type that belongs to an API. */
  oneOf(type: string, apiId: string): Resource {
    const [found, ...others] = this.of(type).filter(({ attributes }) => attributes['api_id'] === apiId);
    if (found && others.length === 0) return found;
    throw new DeploymentError(
      `Stack ${this.stack}: an API needs one ${type}, but has ${found ? others.length + 1 : 0}.`,
    );
  }
}

function table({ address, attributes }: Resource): TableDeployment {
  expect(address, attributes, 'billing_mode', ['PAY_PER_REQUEST']);
  const declared = attributes['attribute'] as readonly { name: string; type: string }[];
  const range = attributes['range_key'] as string | undefined;
  return {
    name: attributes['name'] as string,
    keySchema: [
      { AttributeName: attributes['hash_key'] as string, KeyType: 'HASH' },
      ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
    ],
    attributes: declared.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
  };
}

function lambda({ address, attributes }: Resource, { folder, region }: TerraformStack): FunctionDeployment {
  const runtime = attributes['runtime'] as string;
  if (!/^nodejs\d+\.x$/.test(runtime)) {
    throw new DeploymentError(
      `${address}: the runtime ${runtime} is not understood by the local run; it runs nodejs ones.`,
    );
  }
  const logging = (attributes['logging_config'] ?? {}) as Readonly<Record<string, string>>;
  const name = attributes['function_name'] as string;
  return {
    name,
    arn: attributes['arn'] as string,
    invokeArn: attributes['invoke_arn'] as string,
    roleArn: attributes['role'] as string,
    region,
    runtime,
    handler: attributes['handler'] as string,
    archive: path.resolve(folder, attributes['filename'] as string),
    // Lambda's defaults: 128 MB, 3 seconds.
    memoryMb: (attributes['memory_size'] as number | undefined) ?? 128,
    timeoutMs: ((attributes['timeout'] as number | undefined) ?? 3) * 1000,
    environment: (attributes['environment'] as { variables?: Record<string, string> } | undefined)?.variables ?? {},
    logGroup: logging['log_group'] ?? `/aws/lambda/${name}`,
    logFormat: logging['log_format'] ?? 'Text',
    logLevel: logging['application_log_level'],
  };
}

function httpApi({ address, attributes }: Resource, resources: Resources): HttpApiDeployment {
  expect(address, attributes, 'protocol_type', ['HTTP']);
  const id = attributes['id'] as string;
  const stage = resources.oneOf('aws_apigatewayv2_stage', id);
  expect(stage.address, stage.attributes, 'auto_deploy', [true]);
  const settings = (stage.attributes['default_route_settings'] ?? {}) as Readonly<Record<string, number | undefined>>;
  const stageName = stage.attributes['name'] as string;
  return {
    address,
    id,
    name: attributes['name'] as string,
    stage: stageName,
    // AWS takes a missing value of these two for 0.
    throttle: { rate: settings['throttling_rate_limit'] ?? 0, burst: settings['throttling_burst_limit'] ?? 0 },
    routes: resources
      .of('aws_apigatewayv2_route')
      .filter((route) => route.attributes['api_id'] === id)
      .map((route) => httpRoute(route, `${attributes['execution_arn'] as string}/${stageName}`, resources)),
  };
}

function httpRoute({ address, attributes }: Resource, source: string, resources: Resources): RouteDeployment {
  const target = attributes['target'] as string;
  const integration = resources
    .of('aws_apigatewayv2_integration')
    .find((resource) => target === `integrations/${resource.attributes['id'] as string}`);
  if (!integration) throw new DeploymentError(`${address}: its target ${target} is no integration of this stack.`);
  expect(integration.address, integration.attributes, 'integration_type', ['AWS_PROXY']);
  expect(integration.address, integration.attributes, 'payload_format_version', ['2.0']);
  const uri = integration.attributes['integration_uri'];
  const lambda = resources
    .of('aws_lambda_function')
    .find((resource) => [resource.attributes['invoke_arn'], resource.attributes['arn']].includes(uri));
  if (!lambda) throw new DeploymentError(`${integration.address}: ${String(uri)} is no function of this stack.`);
  const routeKey = attributes['route_key'] as string;
  return {
    routeKey,
    functionArn: lambda.attributes['arn'] as string,
    timeoutMs: (integration.attributes['timeout_milliseconds'] as number | undefined) ?? 30_000,
    permitted: permitted(`${source}/${routeKey.replace(/^ANY /, '* ').replace(' ', '')}`, lambda, resources),
  };
}

/** Whether a permission lets API Gateway invoke the function from this source ARN. */
function permitted(sourceArn: string, lambda: Resource, resources: Resources): boolean {
  return resources.of('aws_lambda_permission').some(({ attributes }) => {
    const pattern = (attributes['source_arn'] as string | undefined) ?? '*';
    const names = [lambda.attributes['function_name'], lambda.attributes['arn']];
    return (
      attributes['action'] === 'lambda:InvokeFunction' &&
      attributes['principal'] === 'apigateway.amazonaws.com' &&
      names.includes(attributes['function_name']) &&
      new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(sourceArn)
    );
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function expect(address: string, attributes: Attributes, name: string, understood: readonly unknown[]): void {
  if (understood.includes(attributes[name])) return;
  throw new DeploymentError(
    `${address}: ${name} = ${JSON.stringify(attributes[name])} is not understood by the local run; ` +
      `it understands ${understood.map((value) => JSON.stringify(value)).join(', ')}.`,
  );
}
