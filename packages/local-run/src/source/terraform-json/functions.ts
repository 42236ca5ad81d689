/** Reads Lambda functions (aws_lambda_function). */
import type { FunctionDeployment } from '../../model/deployment';
import type { FunctionCode } from './code';
import { readEnvironmentVariables } from './environment-variables';
import { functionNameOf } from './lambda-arn';
import type { Resource } from './resource';
import { blockOf, numberOf, type Resources } from './resources';

/** Lambda's defaults. */
const DEFAULT_MEMORY_MB = 128;
const DEFAULT_TIMEOUT_SECONDS = 3;

/** Reads a function that the local run simulates. */
export function readFunction(
  lambda: Resource,
  { archive, archiveHash, layers }: FunctionCode,
  resources: Resources,
  region: string,
): FunctionDeployment {
  const { address, attributes } = lambda;
  const logging = blockOf(lambda, 'logging_config') as Readonly<Record<string, string>>;
  const name = attributes['function_name'] as string;
  return {
    name,
    arn: attributes['arn'] as string,
    roleArn: attributes['role'] as string,
    region,
    runtime: attributes['runtime'] as string,
    version: versionOf(lambda, resources),
    handler: attributes['handler'] as string,
    archive,
    archiveHash,
    ...(layers.length > 0 && { layers }),
    memoryMb: numberOf(address, attributes, 'memory_size', DEFAULT_MEMORY_MB),
    timeoutMs: numberOf(address, attributes, 'timeout', DEFAULT_TIMEOUT_SECONDS) * 1000,
    reservedConcurrency: reservedConcurrency(lambda),
    environment: readEnvironmentVariables(address, blockOf(lambda, 'environment')['variables']),
    logGroup: logging['log_group'] ?? `/aws/lambda/${name}`,
    logFormat: logging['log_format'] ?? 'Text',
    logLevel: logging['application_log_level'],
  };
}

/** Attributes that can name a version of a function, by resource type. */
const URIS = {
  aws_api_gateway_authorizer: 'authorizer_uri',
  aws_api_gateway_integration: 'uri',
  aws_apigatewayv2_authorizer: 'authorizer_uri',
  aws_apigatewayv2_integration: 'integration_uri',
};

/** The version of the function that an alias, an integration or an authorizer names. */
function versionOf({ attributes }: Resource, resources: Resources): string | undefined {
  const { function_name: name, version, qualified_arn: arn, qualified_invoke_arn: invokeArn } = attributes;
  const isAliased = resources
    .where('aws_lambda_alias', 'function_version', version)
    .some((alias) => functionNameOf(alias.attributes['function_name']) === name);
  const isNamed = Object.entries(URIS).some(([type, uri]) =>
    [arn, invokeArn].some((value) => resources.where(type, uri, value).length > 0),
  );
  return isAliased || isNamed ? (version as string) : undefined;
}

/** -1 is Terraform's default and reserves nothing. */
function reservedConcurrency({ address, attributes }: Resource): number | undefined {
  const reserved = numberOf(address, attributes, 'reserved_concurrent_executions', -1);
  return reserved < 0 ? undefined : reserved;
}
