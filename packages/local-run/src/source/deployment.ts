/** Reads a synthesized stack into the model. */
import type { ApiDeployment, Deployment } from '../model/deployment';
import { NotSimulatedError, notSimulatedText, type NotSimulated } from '../model/not-simulated';
import type { Endpoints, Stack } from './stack';
import { type FunctionCode, readCode } from './terraform-json/code';
import { FUNCTION_URL, readFunctionUrl } from './terraform-json/function-url';
import { readFunction } from './terraform-json/functions';
import { HTTP_API, readHttpApi } from './terraform-json/http-api';
import { withImpliedResources } from './terraform-json/implied-resources';
import type { Resource } from './terraform-json/resource';
import { Resources } from './terraform-json/resources';
import { readRestApi, REST_API } from './terraform-json/rest-api';
import { readRoles } from './terraform-json/roles';
import { readTableItem } from './terraform-json/table-items';
import { readTable } from './terraform-json/tables';
import { checkUniqueNames } from './terraform-json/unique-names';

const FUNCTION = 'aws_lambda_function';

/** The types of resources that answer HTTP requests. */
export const API_TYPES = [HTTP_API, REST_API, FUNCTION_URL];

/** The addresses of the APIs of a stack. Each API needs an endpoint. */
export function apiAddresses(stack: Stack): string[] {
  return API_TYPES.flatMap((type) => stack.addressesOf(type));
}

/** @throws DeploymentError when AWS or Terraform would refuse the stack */
export function deploymentOf(stack: Stack, endpoints: Endpoints): Deployment {
  const { resources: all, outputs, region, inert, causes } = stack.evaluate(endpoints);
  const { resources, codes } = readCodes(stack, withImpliedResources(all));
  checkUniqueNames(resources);
  const apis: ApiDeployment[] = [
    ...resources.ofType(HTTP_API).flatMap((api) => readHttpApi(api, resources)),
    ...resources.ofType(REST_API).flatMap((api) => readRestApi(api, resources)),
    ...resources.ofType(FUNCTION_URL).map((url) => readFunctionUrl(url, resources)),
  ];
  const functionCauses = resources.ofType(FUNCTION).flatMap((lambda) => lambda.causes);
  const tables = resources.simulated('aws_dynamodb_table').map(readTable);
  return {
    stack: stack.name,
    tables,
    tableItems: resources.simulated('aws_dynamodb_table_item').map((item) => readTableItem(item, tables)),
    functions: resources.simulated(FUNCTION).flatMap((lambda) => {
      const code = codes.get(lambda.address);
      return code ? [readFunction(lambda, code, resources, region)] : [];
    }),
    roles: readRoles(resources),
    apis,
    apiUrls: Object.fromEntries(apis.map(({ name, address }) => [name, endpoints.get(address) ?? ''])),
    inert: [...inert, ...inertLayers(codes)],
    notSimulated: withoutRepetitions([...causes, ...functionCauses, ...apis.flatMap(causesOf)]),
    outputs,
  };
}

/** Reads the code of all functions. A function whose code is missing gets a cause, so its routes answer 501. */
function readCodes(stack: Stack, all: readonly Resource[]) {
  const given = new Resources(stack.name, all, stack);
  const codes = new Map<string, FunctionCode>();
  const resources = all.map((resource) => {
    if (resource.type !== FUNCTION || resource.causes.length > 0) return resource;
    try {
      codes.set(resource.address, readCode(resource, given));
      return resource;
    } catch (error) {
      if (!(error instanceof NotSimulatedError)) throw error;
      return { ...resource, causes: error.parts };
    }
  });
  return { resources: new Resources(stack.name, resources, stack), codes };
}

function inertLayers(codes: ReadonlyMap<string, FunctionCode>): string[] {
  const names = [...codes.values()].flatMap(({ inertLayers: layers }) => layers);
  return [...new Set(names)].map((name) => `layer ${name} (no effect here)`);
}

function causesOf({ notSimulated = [], routes }: ApiDeployment): readonly NotSimulated[] {
  return [...notSimulated, ...routes.flatMap((route) => route.notSimulated ?? [])];
}

function withoutRepetitions(causes: readonly NotSimulated[]): NotSimulated[] {
  return [...new Map(causes.map((cause) => [notSimulatedText(cause), cause])).values()];
}
