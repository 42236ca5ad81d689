/** Attributes that API Gateway generates. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute, Values } from '../provider/provider';
import { text } from '../provider/text';

/** The hosted zones of API Gateway's own domains; any zone serves here. */
const HOSTED_ZONE = 'Z1UJRXOUMOOFQ8';

const CREATED = '2026-01-01T00:00:00Z';

export const API_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_apigatewayv2_api: (_values, generator) => ({
    ...api(generator, 'apis'),
    api_endpoint: `https://${generator.apiHost(generator.id)}`,
  }),
  aws_apigatewayv2_stage: ({ api_id: api, name, deployment_id: deployment }, generator) => ({
    id: name,
    arn: gatewayArn(generator, `/apis/${String(api)}/stages/${String(name)}`),
    execution_arn: generator.arn('execute-api', `${String(api)}/${String(name)}`),
    invoke_url: `https://${generator.apiHost(api)}/${name === '$default' ? '' : String(name)}`,
    deployment_id: deployment ?? generator.token('deployment', 6),
  }),
  // API Gateway's defaults, which the provider's schema does not contain.
  aws_apigatewayv2_integration: () => ({ timeout_milliseconds: 30_000 }),
  aws_apigatewayv2_authorizer: ({ authorizer_type: type, identity_sources: sources }) => ({
    authorizer_result_ttl_in_seconds: type === 'REQUEST' && (sources as unknown[] | null)?.length ? 300 : 0,
  }),
  aws_apigatewayv2_domain_name: (values, generator) => ({
    id: values['domain_name'],
    arn: gatewayArn(generator, `/domainnames/${String(values['domain_name'])}`),
    api_mapping_selection_expression: '$request.basepath',
    domain_name_configuration: domainConfiguration(values, generator),
  }),
  aws_apigatewayv2_vpc_link: (_values, generator) => ({ arn: gatewayArn(generator, `/vpclinks/${generator.id}`) }),

  aws_api_gateway_rest_api: ({ policy }, generator) => ({
    ...api(generator, 'restapis'),
    root_resource_id: generator.token('root', 10),
    ...{ created_date: CREATED, policy: policy ?? '' },
    endpoint_configuration: [{ types: ['EDGE'], vpc_endpoint_ids: [], ip_address_type: 'ipv4' }],
  }),
  aws_api_gateway_resource: ({ parent_id: parent, path_part: part }, generator) => ({
    id: generator.token('id', 6),
    path: pathOf(generator.token('id', 6), parent, part),
  }),
  aws_api_gateway_stage: ({ rest_api_id: api, stage_name: stage }, generator) => ({
    id: `ags-${String(api)}-${String(stage)}`,
    arn: gatewayArn(generator, `/restapis/${String(api)}/stages/${String(stage)}`),
    ...invocation(api, stage, generator),
  }),
  aws_api_gateway_deployment: ({ rest_api_id: api, stage_name: stage }, generator) => ({
    ...{ id: generator.token('id', 6), created_date: CREATED },
    ...invocation(api, stage ?? '', generator),
  }),
  aws_api_gateway_method: (values) => ({ id: methodId('agm', values) }),
  aws_api_gateway_integration: (values) => ({
    id: methodId('agi', values),
    cache_namespace: values['cache_namespace'] ?? values['resource_id'],
    passthrough_behavior: values['passthrough_behavior'] ?? 'WHEN_NO_MATCH',
  }),
  aws_api_gateway_method_response: (values) => ({ id: responseId('agmr', values) }),
  aws_api_gateway_integration_response: (values) => ({ id: responseId('agir', values) }),
  aws_api_gateway_gateway_response: ({ rest_api_id: api, response_type: type }) => ({
    id: `aggr-${String(api)}-${String(type)}`,
  }),
  aws_api_gateway_method_settings: ({ rest_api_id: api, stage_name: stage, method_path: path }) => ({
    id: [api, stage, path].join('-'),
  }),
  aws_api_gateway_authorizer: ({ rest_api_id: api }, generator) => ({
    arn: gatewayArn(generator, `/restapis/${String(api)}/authorizers/${generator.id}`),
  }),
  aws_api_gateway_api_key: ({ value }, generator) => ({
    arn: gatewayArn(generator, `/apikeys/${generator.id}`),
    value: value ?? generator.token('value', 40, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
  }),
  aws_api_gateway_usage_plan: (_values, generator) => ({ arn: gatewayArn(generator, `/usageplans/${generator.id}`) }),
  aws_api_gateway_usage_plan_key: ({ key_id: key }) => ({ id: key }),
  aws_api_gateway_account: (_values, generator) => ({
    ...{ id: 'api-gateway-account', api_key_version: '4', features: ['UsagePlans'] },
    cloudwatch_role_arn: generator.globalArn('iam', 'role/api-gateway'),
    throttle_settings: [{ burst_limit: 5000, rate_limit: 10_000 }],
  }),
  aws_api_gateway_domain_name: ({ domain_name: domain }, generator) => ({
    ...{ id: domain, arn: gatewayArn(generator, `/domainnames/${String(domain)}`) },
    ...{
      cloudfront_domain_name: `${generator.token('edge', 14)}.cloudfront.net`,
      cloudfront_zone_id: 'Z2FDTNDATAQYW2',
    },
    ...{ regional_domain_name: `d-${generator.id}.execute-api.${generator.region}.${generator.domain}` },
    regional_zone_id: HOSTED_ZONE,
    endpoint_configuration: [{ types: ['EDGE'], ip_address_type: 'ipv4' }],
  }),
  aws_api_gateway_base_path_mapping: ({ domain_name: domain, base_path: path }) => ({
    id: `${String(domain)}/${text(path)}`,
  }),
};

function gatewayArn(generator: ValueGenerator, resource: string): string {
  return `arn:${generator.partition}:apigateway:${generator.region}::${resource}`;
}

function api(generator: ValueGenerator, kind: 'apis' | 'restapis'): Values {
  const { id } = generator;
  return { id, arn: gatewayArn(generator, `/${kind}/${id}`), execution_arn: generator.arn('execute-api', id) };
}

function invocation(api: unknown, stage: unknown, generator: ValueGenerator): Values {
  return {
    execution_arn: generator.arn('execute-api', `${String(api)}/${String(stage)}`),
    invoke_url: `https://${generator.apiHost(api)}/${String(stage)}`,
  };
}

function methodId(prefix: string, { rest_api_id: api, resource_id: resource, http_method: method }: Values): string {
  return [prefix, api, resource, method].join('-');
}

function responseId(prefix: string, values: Values): string {
  return `${methodId(prefix, values)}-${String(values['status_code'])}`;
}

/** Paths of resources by id, because a resource refers to its parent by id only. */
const paths = new Map<unknown, string>();

function pathOf(id: string, parent: unknown, part: unknown): string {
  const path = `${paths.get(parent) ?? ''}/${String(part)}`;
  paths.set(id, path);
  return path;
}

function domainConfiguration({ domain_name_configuration: blocks }: Values, generator: ValueGenerator): unknown {
  return ((blocks ?? []) as readonly Values[]).map((block) => ({
    ...block,
    hosted_zone_id: HOSTED_ZONE,
    target_domain_name: `d-${generator.id}.execute-api.${generator.region}.${generator.domain}`,
  }));
}
