/** Describes the differences between two deployments in short phrases, for the reload line. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiDeployment, Deployment, FunctionDeployment } from '../model/deployment';

/** @returns one phrase per change: `items: code of http-crud-tutorial-function`, `items: + GET /items/{id}/price` */
export function changesBetween(before: readonly Deployment[], after: readonly Deployment[]): string[] {
  const { added, removed, kept } = partition(before, after, ({ stack }) => stack);
  return [
    ...added.map(({ stack, outputs }) => `+ stack ${stack}${addressText(outputs)}`),
    ...removed.map(({ stack }) => `- stack ${stack}`),
    ...kept.flatMap(([old, now]) => stackChanges(old, now).map((change) => `${now.stack}: ${change}`)),
  ];
}

/** The URL of an added stack. The user cannot guess its port. */
function addressText(outputs: Deployment['outputs']): string {
  const url = Object.values(outputs).find((value) => typeof value === 'string' && value.startsWith('http://'));
  return typeof url === 'string' ? ` at ${url}` : '';
}

function stackChanges(old: Deployment, now: Deployment): string[] {
  const tables = partition(old.tables, now.tables, ({ name }) => name);
  const functions = partition(old.functions, now.functions, ({ name }) => name);
  const roles = partition(old.roles, now.roles, ({ name }) => name);
  const apis = partition(old.apis, now.apis, ({ address }) => address);
  return [
    ...tables.added.map(({ name }) => `+ table ${name}`),
    ...tables.removed.map(({ name }) => `- table ${name} (its items stay)`),
    ...functions.added.map(({ name }) => `+ function ${name}`),
    ...functions.removed.map(({ name }) => `- function ${name}`),
    ...functions.kept.flatMap(([was, is]) => functionChanges(was, is).map((change) => `${change} of ${is.name}`)),
    ...roles.kept
      .filter(([was, is]) => !isDeepStrictEqual([was.statements, was.boundary], [is.statements, is.boundary]))
      .map(([, is]) => `policy of ${is.name}`),
    ...apis.added.map(({ name }) => `+ API ${name}`),
    ...apis.removed.map(({ name }) => `- API ${name}`),
    ...apis.kept.flatMap(([was, is]) => apiChanges(was, is)),
    ...(isDeepStrictEqual(old.outputs, now.outputs) ? [] : ['outputs']),
  ];
}

function functionChanges(was: FunctionDeployment, is: FunctionDeployment): string[] {
  return [...(is.archiveHash === was.archiveHash ? [] : ['code']), ...changedKeys(was, is, ['archive', 'archiveHash'])];
}

function apiChanges(was: ApiDeployment, is: ApiDeployment): string[] {
  const { added, removed, kept } = partition<ApiDeployment['routes'][number]>(
    was.routes,
    is.routes,
    ({ routeKey }) => routeKey,
  );
  return [
    ...added.map(({ routeKey }) => `+ ${routeKey}`),
    ...removed.map(({ routeKey }) => `- ${routeKey}`),
    ...kept
      .filter(([old, now]) => !isDeepStrictEqual(old, now))
      .map(([old, now]) => `${changedKeys(old, now).join(', ')} of ${now.routeKey}`),
    ...changedKeys(was, is, ['routes']).map((key) => `${key} of ${is.name}`),
  ];
}

function changedKeys(was: object, is: object, ignored: readonly string[] = []): string[] {
  const old = was as Readonly<Record<string, unknown>>;
  const now = is as Readonly<Record<string, unknown>>;
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys].filter((key) => !ignored.includes(key) && !isDeepStrictEqual(old[key], now[key]));
}

function partition<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string) {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  return {
    added: after.filter((item) => !old.has(keyOf(item))),
    removed: before.filter((item) => !now.has(keyOf(item))),
    kept: after.flatMap((item) => {
      const was = old.get(keyOf(item));
      return was === undefined ? [] : [[was, item] as const];
    }),
  };
}
