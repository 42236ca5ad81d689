/** Reads a synthesized stack into the model. */
import type { Deployment } from '../model/deployment';
import { DeploymentError } from '../model/deployment-error';
import { readFunction } from './terraform-json/functions';
import { HTTP_API, HTTP_STAGE, readHttpApi } from './terraform-json/http-api';
import { Resources } from './terraform-json/resources';
import { readRestApi, REST_API, REST_STAGE } from './terraform-json/rest-api';
import { readRoles } from './terraform-json/roles';
import type { TerraformStack } from './terraform-json/stack';
import { readTable } from './terraform-json/tables';
import { checkUniqueNames } from './terraform-json/unique-names';

/** The base URL of each API (`http://127.0.0.1:3000`) by its address. */
export type Endpoints = ReadonlyMap<string, string>;

/** The addresses of the APIs of a stack. Each API needs an endpoint. */
export function apiAddresses(stack: TerraformStack): string[] {
  return [...stack.addressesOf(HTTP_API), ...stack.addressesOf(REST_API)];
}

/** @throws DeploymentError when AWS would refuse the stack, or the local run does not support a part of it */
export function deploymentOf(stack: TerraformStack, endpoints: Endpoints): Deployment {
  const evaluated = stack.evaluate(endpointAttributes(stack, endpoints));
  const resources = new Resources(stack.name, evaluated.resources, stack.folder);
  checkUniqueNames(resources);
  checkPermissions(resources);
  return {
    stack: stack.name,
    tables: resources.ofType('aws_dynamodb_table').map(readTable),
    functions: resources
      .ofType('aws_lambda_function')
      .map((resource) => readFunction(resource, stack.folder, stack.region)),
    roles: readRoles(resources),
    apis: [
      ...resources.ofType(HTTP_API).map((api) => readHttpApi(api, resources)),
      ...resources.ofType(REST_API).map((api) => readRestApi(api, resources)),
    ],
    outputs: evaluated.outputs,
  };
}

function checkPermissions(resources: Resources): void {
  const names = resources.ofType('aws_lambda_function').map(({ attributes }) => attributes['function_name']);
  for (const { address, attributes } of resources.ofType('aws_lambda_permission')) {
    const name = attributes['function_name'];
    if (names.includes(name)) continue;
    throw new DeploymentError(`${address}: the function ${String(name)} is not in this stack.`);
  }
}

/** `api_endpoint` of HTTP APIs and `invoke_url` of stages, by address. Both depend on the ports of the run. */
function endpointAttributes(stack: TerraformStack, endpoints: Endpoints): Map<string, Record<string, unknown>> {
  const attributes = new Map<string, Record<string, unknown>>();
  for (const [address, url] of endpoints) attributes.set(address, { api_endpoint: url });
  for (const address of stack.addressesOf(REST_STAGE)) {
    const { rest_api_id: api, stage_name: stage } = stack.configuration(address) ?? {};
    const url = stageEndpoint(address, 'rest_api_id', api, endpoints);
    attributes.set(address, { invoke_url: `${url}/${String(stage)}` });
  }
  for (const address of stack.addressesOf(HTTP_STAGE)) {
    const { api_id: api, name } = stack.configuration(address) ?? {};
    const url = stageEndpoint(address, 'api_id', api, endpoints);
    attributes.set(address, { invoke_url: `${url}/${name === '$default' ? '' : String(name)}` });
  }
  return attributes;
}

/** The endpoint of the API that a stage belongs to. */
function stageEndpoint(stage: string, attribute: string, reference: unknown, endpoints: Endpoints): string {
  const [, api = ''] = /^\$\{(.+)\.id\}$/.exec(String(reference)) ?? [];
  const url = endpoints.get(api);
  if (url !== undefined) return url;
  throw new DeploymentError(`${stage}: ${attribute} = ${String(reference)} is not an API of this stack.`);
}
