/** The resource types that the local run understands: their attributes, and those that AWS would compute. */
import type { Attributes } from './terraform';

interface Place {
  /** An id as AWS would generate it. */
  readonly id: string;
  readonly region: string;
  readonly account: string;
}

interface ResourceType {
  /** Attributes that are used here, or that make no difference on one machine. */
  readonly attributes: readonly string[];
  /** What AWS adds once the resource is there. */
  readonly computed?: (own: Attributes, place: Place) => Attributes;
}

const arn = (service: string, { region, account }: Place, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const nameAsId = ({ name }: Attributes) => ({ id: name });

export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'data.aws_iam_policy_document': {
    attributes: ['statement'],
    computed: ({ statement }) => ({ json: JSON.stringify({ Version: '2012-10-17', Statement: statement }) }),
  },
  aws_dynamodb_table: {
    attributes: [
      'name',
      'hash_key',
      'range_key',
      'attribute',
      'billing_mode',
      'deletion_protection_enabled',
      'point_in_time_recovery',
      'server_side_encryption',
    ],
    computed: ({ name }, place) => ({ id: name, arn: arn('dynamodb', place, `table/${String(name)}`) }),
  },
  aws_iam_role: {
    attributes: ['name', 'assume_role_policy'],
    computed: ({ name }, { account }) => ({ id: name, arn: `arn:aws:iam::${account}:role/${String(name)}` }),
  },
  aws_iam_role_policy: {
    attributes: ['name', 'role', 'policy'],
    computed: ({ role, name }) => ({ id: `${String(role)}:${String(name)}` }),
  },
  aws_cloudwatch_log_group: {
    attributes: ['name', 'retention_in_days'],
    computed: ({ name }, place) => ({ id: name, arn: arn('logs', place, `log-group:${String(name)}`) }),
  },
  aws_lambda_function: {
    attributes: [
      'function_name',
      'role',
      'runtime',
      'architectures',
      'handler',
      'filename',
      'source_code_hash',
      'memory_size',
      'timeout',
      'environment',
      'logging_config',
    ],
    computed: ({ function_name: name }, place) => {
      const own = arn('lambda', place, `function:${String(name)}`);
      const path = `path/2015-03-31/functions/${own}/invocations`;
      return { id: name, arn: own, invoke_arn: `arn:aws:apigateway:${place.region}:lambda:${path}` };
    },
  },
  aws_lambda_permission: {
    attributes: ['statement_id', 'action', 'function_name', 'principal', 'source_arn'],
    computed: ({ statement_id: id }) => ({ id }),
  },
  aws_apigatewayv2_api: {
    attributes: ['name', 'protocol_type'],
    // `api_endpoint` is where the run listens; it is given.
    computed: (_own, place) => ({
      id: place.id,
      arn: `arn:aws:apigateway:${place.region}::/apis/${place.id}`,
      execution_arn: arn('execute-api', place, place.id),
    }),
  },
  aws_apigatewayv2_integration: {
    attributes: ['api_id', 'integration_type', 'integration_uri', 'payload_format_version', 'timeout_milliseconds'],
    computed: (_own, { id }) => ({ id }),
  },
  aws_apigatewayv2_route: {
    attributes: ['api_id', 'route_key', 'target'],
    computed: (_own, { id }) => ({ id }),
  },
  aws_apigatewayv2_stage: {
    attributes: ['api_id', 'name', 'auto_deploy', 'default_route_settings', 'access_log_settings'],
    computed: nameAsId,
  },
};
