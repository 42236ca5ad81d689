/** The resource types of functions that the local run simulates: Lambda and CloudWatch Logs. */
import { inert, simulated, unsupportedValue } from './attribute-rules';
import { timeZoneFault } from './environment-variables';
import { functionNameOf } from './lambda-arn';
import type { Attributes } from './resource';
import { arn, nameOf, type ResourceTypes } from './simulated-type';
import { UNKNOWN } from './unknown';

/** The version number of the code of this run. The run keeps no older versions. */
const PUBLISHED_VERSION = '1';

export const FUNCTION_RESOURCE_TYPES: ResourceTypes = {
  aws_cloudwatch_log_group: {
    attributes: {
      ...simulated('name', 'name_prefix'),
      ...inert('deletion_protection_enabled', 'kms_key_id', 'log_group_class', 'retention_in_days', 'skip_destroy'),
    },
    computed: (configured, place) => {
      const name = nameOf(configured, place.id);
      return { id: name, name, arn: arn('logs', place, `log-group:${name}`) };
    },
  },
  aws_lambda_function: {
    attributes: {
      ...simulated('function_name', 'role', 'runtime', 'handler', 'filename', 'memory_size', 'timeout', 'publish'),
      ...simulated('reserved_concurrent_executions', 'layers', 's3_bucket', 's3_key'),
      package_type: ['Zip', undefined],
      environment: simulated('variables'),
      logging_config: {
        ...simulated('log_format', 'log_group', 'application_log_level'),
        ...inert('system_log_level'),
      },
      // `source_code_hash` is any text that changes with the archive, such as CDKTF's `assetHash`. The run hashes the archive.
      ...inert('source_code_hash', 'architectures', 'code_signing_config_arn', 'dead_letter_config', 'kms_key_arn'),
      ...inert('ephemeral_storage', 'skip_destroy', 'snap_start', 'tracing_config', 's3_object_version'),
      // A function answers the same in a VPC. One line at the start says that it runs without its VPC.
      ...inert('vpc_config', 'replace_security_groups_on_destroy', 'replacement_security_group_ids'),
      // They belong to functions of the package type Image.
      ...inert('image_config', 'image_uri'),
    },
    computed: ({ function_name: name, publish }, place) => {
      const functionArn = arn('lambda', place, `function:${String(name)}`);
      const version = publish === true ? PUBLISHED_VERSION : '$LATEST';
      const qualifiedArn = `${functionArn}:${version}`;
      return {
        id: name,
        arn: functionArn,
        invoke_arn: invokeArn(functionArn, place.region),
        version,
        qualified_arn: qualifiedArn,
        qualified_invoke_arn: invokeArn(qualifiedArn, place.region),
      };
    },
    check: (address, { runtime, environment }) => {
      const { TZ: timeZone } = ((environment as Attributes | undefined)?.['variables'] ?? {}) as Attributes;
      const isNode = /^nodejs\d+\.x$/.test(String(runtime));
      return [
        ...(isNode ? [] : [unsupportedValue(address, 'runtime', runtime, ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'])]),
        ...timeZoneFault(address, timeZone),
      ];
    },
  },
  aws_lambda_layer_version: {
    attributes: {
      ...simulated('layer_name', 'filename', 's3_bucket', 's3_key'),
      ...inert('compatible_architectures', 'compatible_runtimes', 'license_info', 's3_object_version', 'skip_destroy'),
      ...inert('source_code_hash'),
    },
    computed: ({ layer_name: name }, place) => {
      const layerArn = arn('lambda', place, `layer:${String(name)}`);
      const versionArn = `${layerArn}:${PUBLISHED_VERSION}`;
      return { id: versionArn, arn: versionArn, layer_arn: layerArn, version: PUBLISHED_VERSION };
    },
  },
  aws_lambda_alias: {
    // A run has one version of the code, so it cannot route requests to another version. The stack checks
    // function_version.
    attributes: simulated('name', 'function_name', 'function_version'),
    computed: ({ name, function_name: lambda }, place) => {
      const aliasArn = arn('lambda', place, `function:${functionNameOf(lambda)}:${String(name)}`);
      return { id: aliasArn, arn: aliasArn, invoke_arn: invokeArn(aliasArn, place.region) };
    },
  },
  aws_lambda_function_url: {
    attributes: {
      ...simulated('function_name', 'qualifier'),
      authorization_type: ['NONE', 'AWS_IAM'],
      invoke_mode: ['BUFFERED', undefined],
      cors: {
        ...simulated('allow_credentials', 'allow_headers', 'allow_methods', 'allow_origins', 'expose_headers'),
        ...simulated('max_age'),
      },
    },
    computed: ({ function_name: lambda, qualifier }, place) => {
      const name = functionNameOf(lambda);
      return {
        id: qualifier === undefined ? name : `${name}/${qualifier as string}`,
        url_id: place.id,
        function_arn: arn('lambda', place, `function:${name}`),
        function_url: `${place.urls.get(place.id) ?? UNKNOWN}/`,
      };
    },
  },
  aws_lambda_permission: {
    attributes: {
      ...simulated('statement_id', 'action', 'function_name', 'principal', 'source_arn', 'qualifier'),
      ...simulated('source_account', 'principal_org_id', 'function_url_auth_type', 'invoked_via_function_url'),
      ...inert('statement_id_prefix', 'event_source_token'),
    },
    computed: ({ statement_id: id }) => ({ id }),
  },
};

function invokeArn(functionArn: string, region: string): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}
