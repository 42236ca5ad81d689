/** Describes which resources and attributes of a stack changed, with their addresses and names in Terraform. */
import { isDeepStrictEqual } from 'node:util';
import type { ResourceDeployment } from '../model/deployment';
import { isObject } from '../services/is-object';
import { partition } from './partition';

type Resources = readonly ResourceDeployment[];

/** Replaces generated ids of the new resources by the ids that the same resources had before. */
type RestoreIds = (value: unknown) => unknown;

/** Types whose added and removed resources have phrases without an address: `+ GET /items`, `+ function items`. */
const DESCRIBED_TYPES = [
  ...['aws_api_gateway_deployment', 'aws_api_gateway_integration', 'aws_api_gateway_integration_response'],
  ...['aws_api_gateway_method', 'aws_api_gateway_method_response', 'aws_api_gateway_resource'],
  ...['aws_api_gateway_rest_api', 'aws_api_gateway_stage', 'aws_apigatewayv2_api', 'aws_apigatewayv2_deployment'],
  ...['aws_apigatewayv2_integration', 'aws_apigatewayv2_route', 'aws_apigatewayv2_stage'],
  ...['aws_dynamodb_table', 'aws_lambda_function', 'aws_lambda_function_url'],
];

/** The content of an archive counts, not its path. */
const ARCHIVES = ['filename', 'source'];

/** Shorter values, such as `1`, occur in unrelated texts. */
const MIN_ID_LENGTH = 6;

/** @returns phrases such as `timeout of aws_lambda_function.list`, `+ aws_lambda_permission.list` */
export function resourceChanges(before: Resources, after: Resources): string[] {
  const { added, removed, kept } = partition(before, after, ({ address }) => address);
  const restoreIds = idRestorer(kept);
  const isListed = ({ type }: ResourceDeployment) => !DESCRIBED_TYPES.includes(type);
  return [
    ...kept.flatMap(([was, is]) => {
      const attributes = changedAttributes(was, is, restoreIds);
      return attributes.length === 0 ? [] : [`${attributes.join(', ')} of ${is.address}`];
    }),
    ...added.filter(isListed).map(({ address }) => `+ ${address}`),
    ...removed.filter(isListed).map(({ address }) => `- ${address}`),
  ];
}

/** Compares what the configuration sets now or has set before. A default that the configuration now sets is no change. */
function changedAttributes(was: ResourceDeployment, is: ResourceDeployment, restoreIds: RestoreIds): string[] {
  const names = new Set([...Object.keys(was.configured), ...Object.keys(is.configured)]);
  const compared = [...names].filter((name) => !ARCHIVES.includes(name));
  return compared.flatMap((name) => changedPaths(name, was.attributes[name], restoreIds(is.attributes[name])));
}

/** @returns the paths of the differences: `environment.variables.GREETING` */
function changedPaths(path: string, was: unknown, is: unknown): string[] {
  if (isDeepStrictEqual(parsed(was), parsed(is))) return [];
  if (!isObject(was) || !isObject(is)) return [path];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].flatMap((name) => changedPaths(`${path}.${name}`, was[name], is[name]));
}

/** The order and the white space of a policy document are no difference. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function idRestorer(kept: readonly (readonly [ResourceDeployment, ResourceDeployment])[]): RestoreIds {
  const ids = new Map(kept.flatMap(([was, is]) => changedIds(was, is)));
  if (ids.size === 0) return (value) => value;
  // The longest first: an ARN contains an id.
  const sorted = [...ids].sort(([a], [b]) => b.length - a.length);
  const restore: RestoreIds = (value) => {
    if (typeof value === 'string') return sorted.reduce((text, [now, old]) => text.replaceAll(now, old), value);
    if (Array.isArray(value)) return value.map(restore);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, restore(inner)]));
  };
  return restore;
}

function changedIds(was: ResourceDeployment, is: ResourceDeployment): (readonly [now: string, old: string])[] {
  return Object.entries(is.attributes).flatMap(([name, now]) => {
    const old = was.attributes[name];
    const isGenerated = !(name in is.configured) && name !== 'region';
    if (!isGenerated || typeof now !== 'string' || typeof old !== 'string') return [];
    return now === old || now.length < MIN_ID_LENGTH ? [] : [[now, old] as const];
  });
}
