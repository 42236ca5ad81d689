/** Reads an evaluated stack into the model. */
import type { ApiDeployment, Deployment, FunctionDeployment, TableDeployment } from '../model/deployment';
import { DeploymentError } from '../model/deployment-error';
import { NotSimulatedError, notSimulatedText, type NotSimulated } from '../model/not-simulated';
import { Refusals } from './refusals';
import type { Endpoints, Stack } from './stack';
import { type FunctionCode, readCode } from './terraform-json/code';
import { FUNCTION_URL, readFunctionUrl } from './terraform-json/function-url';
import { readFunction } from './terraform-json/functions';
import { HTTP_API, readHttpApi } from './terraform-json/http-api';
import { withImpliedResources } from './terraform-json/implied-resources';
import type { Resource } from './terraform-json/resource';
import { readTablePolicy, type TablePolicy } from './terraform-json/resource-policy';
import { Resources } from './terraform-json/resources';
import { readRestApi, REST_API } from './terraform-json/rest-api';
import { readRoles } from './terraform-json/roles';
import { readTableItem } from './terraform-json/table-items';
import { readTable } from './terraform-json/tables';
import { checkUniqueNames } from './terraform-json/unique-names';

const FUNCTION = 'aws_lambda_function';

/** The types of resources that answer HTTP requests. */
export const API_TYPES = [HTTP_API, REST_API, FUNCTION_URL];

/** A part of the model with the address of its resource. */
interface Read<T> {
  readonly address: string;
  readonly part: T;
}

/** The addresses of the APIs of a stack. Each API needs an endpoint. */
export function apiAddresses(stack: Stack): string[] {
  return API_TYPES.flatMap((type) => stack.addressesOf(type));
}

/** @throws DeploymentError that lists what AWS or Terraform would refuse */
export function deploymentOf(stack: Stack, endpoints: Endpoints): Deployment {
  const deployment = readStack(stack, endpoints);
  const refusals = refusalsIn(deployment);
  if (refusals.length > 0) throw new DeploymentError(refusals.map((text) => `${text}.`).join('\n'));
  return deployment;
}

/** What AWS or Terraform would refuse of a stack. */
export function refusalsIn({ notSimulated }: Deployment): string[] {
  return notSimulated.flatMap(({ refused }) => refused ?? []);
}

/**
 * Reads a stack. If AWS would refuse a resource, the routes that depend on it answer 501.
 * @throws DeploymentError when Terraform refuses the whole stack
 */
export function readStack(stack: Stack, endpoints: Endpoints): Deployment {
  const {
    resources: all,
    outputs,
    sensitiveOutputs = [],
    madeUp = [],
    region,
    inert,
    causes,
    dependenciesOf,
  } = stack.evaluate(endpoints);
  const { resources: known, codes } = readCodes(stack, withImpliedResources(all));
  const refusals = new Refusals();
  const parts = readParts(new Resources(stack.name, known, stack), codes, region, refusals);
  const resources = new Resources(stack.name, refusals.addTo(known, dependenciesOf), stack);
  const apis: ApiDeployment[] = [
    ...resources.ofType(HTTP_API).flatMap((api) => readHttpApi(api, resources)),
    ...resources.ofType(REST_API).flatMap((api) => readRestApi(api, resources)),
    ...resources.ofType(FUNCTION_URL).map((url) => readFunctionUrl(url, resources)),
  ];
  const functionCauses = resources.ofType(FUNCTION).flatMap((lambda) => lambda.causes);
  const isRead = ({ address }: Read<unknown>) => resources.at(address)?.causes.length === 0;
  const read = <T>(all: readonly Read<T>[]) => all.filter(isRead).map(({ part }) => part);
  return {
    stack: stack.name,
    tables: read(parts.tables),
    tableItems: read(parts.tableItems),
    functions: read(parts.functions),
    roles: read(parts.roles),
    apis,
    resources: all.flatMap(({ address, type, configured, attributes }) =>
      configured && !address.startsWith('data.') ? [{ address, type, configured, attributes }] : [],
    ),
    apiUrls: Object.fromEntries(apis.map(({ address }) => [address, endpoints.get(address) ?? ''])),
    inert: [...inert, ...inertLayers(codes)],
    notSimulated: withoutRepetitions([...causes, ...functionCauses, ...refusals.all, ...apis.flatMap(causesOf)]),
    outputs,
    sensitiveOutputs,
    madeUp,
  };
}

/** Reads what APIs depend on: tables, functions and roles. */
function readParts(resources: Resources, codes: ReadonlyMap<string, FunctionCode>, region: string, refusals: Refusals) {
  checkUniqueNames(resources, refusals);
  const read = <T>(type: string, readOne: (resource: Resource) => T): Read<T>[] =>
    resources
      .simulated(type)
      .flatMap((resource) => refusals.read(resource, () => ({ address: resource.address, part: readOne(resource) })));
  const policies = read('aws_dynamodb_resource_policy', readTablePolicy).map(({ part }) => part);
  const tables = read('aws_dynamodb_table', (table) => withPolicy(readTable(table), policies));
  const deployed = tables.map(({ part }) => part);
  return {
    tables,
    tableItems: read('aws_dynamodb_table_item', (item) => readTableItem(item, deployed)),
    functions: resources.simulated(FUNCTION).flatMap((lambda): readonly Read<FunctionDeployment>[] => {
      const code = codes.get(lambda.address);
      if (!code) return [];
      return refusals.read(lambda, () => ({
        address: lambda.address,
        part: readFunction(lambda, code, resources, region),
      }));
    }),
    roles: readRoles(resources, refusals),
  };
}

function withPolicy(table: TableDeployment, policies: readonly TablePolicy[]): TableDeployment {
  const policy = policies.find(({ resourceArn }) => resourceArn === table.arn)?.statements;
  return policy ? { ...table, policy } : table;
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
  return { resources, codes };
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
