/** Describes the differences between two deployments in short phrases, for the reload line. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiDeployment, Deployment, FunctionDeployment, RouteDeployment } from '../model/deployment';
import { routesOf, routeText } from '../model/routes';
import { partition } from './partition';
import { resourceChanges } from './resource-changes';

/** @returns one phrase per change: `items: code of http-crud-tutorial-function`, `items: + GET /items/{id}/price` */
export function changesBetween(before: readonly Deployment[], after: readonly Deployment[]): string[] {
  const { added, removed, kept } = partition(before, after, ({ stack }) => stack);
  return [
    ...added.map(({ stack, outputs }) => `+ stack ${stack}${addressText(outputs)}`),
    ...removed.map(({ stack }) => `- stack ${stack}`),
    ...kept.flatMap(([was, is]) => stackChanges(was, is).map((change) => `${is.stack}: ${change}`)),
  ];
}

/** The URL of an added stack. The user cannot guess its port. */
function addressText(outputs: Deployment['outputs']): string {
  const url = Object.values(outputs).find((value) => typeof value === 'string' && value.startsWith('http://'));
  return typeof url === 'string' ? ` at ${url}` : '';
}

function stackChanges(was: Deployment, is: Deployment): string[] {
  const tables = partition(was.tables, is.tables, ({ name }) => name);
  const functions = partition(was.functions, is.functions, ({ name }) => name);
  return [
    ...tables.added.map(({ name }) => `+ table ${name}`),
    ...tables.removed.map(({ name }) => `- table ${name} (its items stay)`),
    ...functions.added.map(({ name }) => `+ function ${name}`),
    ...functions.removed.map(({ name }) => `- function ${name}`),
    ...functions.kept.flatMap(([old, now]) => functionChanges(old, now)),
    ...apiChanges(was, is),
    ...resourceChanges(was.resources ?? [], is.resources ?? []),
    ...outputChanges(was.outputs, is.outputs),
  ];
}

/** The code and the region are no attributes of the function in Terraform. */
function functionChanges(was: FunctionDeployment, is: FunctionDeployment): string[] {
  const layers = ({ layers: all = [] }: FunctionDeployment) => all.map(({ archiveHash }) => archiveHash);
  return [
    ...(was.archiveHash === is.archiveHash ? [] : [`code of ${is.name}`]),
    ...(isDeepStrictEqual(layers(was), layers(is)) ? [] : [`code of the layers of ${is.name}`]),
    ...(was.region === is.region ? [] : [`region of ${is.name}`]),
  ];
}

function apiChanges(was: Deployment, is: Deployment): string[] {
  const apis = partition(was.apis, is.apis, ({ address }) => address);
  const stages = partition(was.apis, is.apis, ({ address, stage }) => `${address} ${stage}`);
  const isOther = (others: readonly ApiDeployment[]) => (api: ApiDeployment) =>
    !others.some(({ address }) => address === api.address);
  return [
    ...unique(apis.added.map((api) => `+ API ${api.name}${urlText(api, is)}`)),
    ...unique(apis.removed.map(({ name }) => `- API ${name}`)),
    ...stages.added.filter(isOther(apis.added)).map(({ stage, name }) => `+ stage ${stage} of ${name}`),
    ...stages.removed.filter(isOther(apis.removed)).map(({ stage, name }) => `- stage ${stage} of ${name}`),
    ...stages.kept.flatMap(([old, now]) => stageChanges(old, now)),
  ];
}

function urlText({ address }: ApiDeployment, { apiUrls = {} }: Deployment): string {
  const url = apiUrls[address] ?? '';
  return url === '' ? '' : ` at ${url}`;
}

function stageChanges(was: ApiDeployment, is: ApiDeployment): string[] {
  const { added, removed, kept } = partition(routesOf(was), routesOf(is), ({ routeKey }) => routeKey);
  const text = ({ routeKey }: RouteDeployment) => routeText(is, routeKey);
  return [
    ...added.map((route) => `+ ${text(route)}`),
    ...removed.map((route) => `- ${text(route)}`),
    ...kept.flatMap(([old, now]) => routeChanges(old, now).map((change) => `${change}${text(now)}`)),
    ...(was.openApi === is.openApi ? [] : [`OpenAPI document of ${is.name}`]),
  ];
}

/** @returns the beginnings of phrases that end in the route */
function routeChanges(was: RouteDeployment, is: RouteDeployment): string[] {
  const answers = (route: RouteDeployment) => route.notSimulated === undefined;
  return [
    ...(answers(was) && !answers(is) ? ['501 from '] : []),
    ...(!answers(was) && answers(is) ? ['no longer 501 from '] : []),
    ...(isDeepStrictEqual(was.example, is.example) ? [] : ['example of ']),
  ];
}

function outputChanges(was: Deployment['outputs'], is: Deployment['outputs']): string[] {
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(was[name], is[name]));
  return changed.length === 0 ? [] : [`output ${changed.join(', ')}`];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
