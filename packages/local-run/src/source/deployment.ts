/** Reads a synthesized stack into the model. */
import type { ApiDeployment, Deployment } from '../model/deployment';
import { notSimulatedText, type NotSimulated } from '../model/not-simulated';
import type { Endpoints, Stack } from './stack';
import { readFunction } from './terraform-json/functions';
import { HTTP_API, readHttpApi } from './terraform-json/http-api';
import { Resources } from './terraform-json/resources';
import { readRestApi, REST_API } from './terraform-json/rest-api';
import { readRoles } from './terraform-json/roles';
import { readTable } from './terraform-json/tables';
import { checkUniqueNames } from './terraform-json/unique-names';

/** The addresses of the APIs of a stack. Each API needs an endpoint. */
export function apiAddresses(stack: Stack): string[] {
  return [...stack.addressesOf(HTTP_API), ...stack.addressesOf(REST_API)];
}

/** @throws DeploymentError when AWS or Terraform would refuse the stack */
export function deploymentOf(stack: Stack, endpoints: Endpoints): Deployment {
  const { resources: all, outputs, region, inert, causes } = stack.evaluate(endpoints);
  const resources = new Resources(stack.name, all, stack.folder);
  checkUniqueNames(resources);
  const apis: ApiDeployment[] = [
    ...resources.ofType(HTTP_API).map((api) => readHttpApi(api, resources)),
    ...resources.ofType(REST_API).map((api) => readRestApi(api, resources)),
  ];
  return {
    stack: stack.name,
    tables: resources.simulated('aws_dynamodb_table').map(readTable),
    functions: resources.simulated('aws_lambda_function').map((lambda) => readFunction(lambda, resources, region)),
    roles: readRoles(resources),
    apis,
    inert,
    notSimulated: withoutRepetitions([...causes, ...apis.flatMap(causesOf)]),
    outputs,
  };
}

function causesOf({ notSimulated = [], routes }: ApiDeployment): readonly NotSimulated[] {
  return [...notSimulated, ...routes.flatMap((route) => route.notSimulated ?? [])];
}

function withoutRepetitions(causes: readonly NotSimulated[]): NotSimulated[] {
  return [...new Map(causes.map((cause) => [notSimulatedText(cause), cause])).values()];
}
