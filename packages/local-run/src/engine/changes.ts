/** What differs between what was deployed and what is: in a few words, for the line of a reload. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiDeployment, Deployment, FunctionDeployment } from '../model/deployment';

/** @returns a phrase a change: `items: code of http-crud-tutorial-function`, `items: + GET /items/{id}/price` */
export function changesBetween(before: readonly Deployment[], after: readonly Deployment[]): string[] {
  const { added, removed, kept } = compared(before, after, ({ stack }) => stack);
  return [
    ...added.map(({ stack, outputs }) => `+ stack ${stack}${addressIn(outputs)}`),
    ...removed.map(({ stack }) => `- stack ${stack}`),
    ...kept.flatMap(([old, now]) => within(old, now).map((what) => `${now.stack}: ${what}`)),
  ];
}

/** Nobody could guess which port a stack that comes later has. */
function addressIn(outputs: Deployment['outputs']): string {
  const url = Object.values(outputs).find((value) => typeof value === 'string' && value.startsWith('http://'));
  return typeof url === 'string' ? ` at ${url}` : '';
}

function within(old: Deployment, now: Deployment): string[] {
  const tables = compared(old.tables, now.tables, ({ name }) => name);
  const functions = compared(old.functions, now.functions, ({ name }) => name);
  const roles = compared(old.roles, now.roles, ({ name }) => name);
  const apis = compared(old.apis, now.apis, ({ address }) => address);
  return [
    ...tables.added.map(({ name }) => `+ table ${name}`),
    ...tables.removed.map(({ name }) => `- table ${name} (its items stay)`),
    ...functions.added.map(({ name }) => `+ function ${name}`),
    ...functions.removed.map(({ name }) => `- function ${name}`),
    ...functions.kept.flatMap(([was, is]) => functionChanges(was, is).map((what) => `${what} of ${is.name}`)),
    ...roles.kept
      .filter(([was, is]) => !isDeepStrictEqual(was.statements, is.statements))
      .map(([, is]) => `policy of ${is.name}`),
    ...apis.added.map(({ name }) => `+ API ${name}`),
    ...apis.removed.map(({ name }) => `- API ${name}`),
    ...apis.kept.flatMap(([was, is]) => apiChanges(was, is)),
    ...(isDeepStrictEqual(old.outputs, now.outputs) ? [] : ['outputs']),
  ];
}

function functionChanges(was: FunctionDeployment, is: FunctionDeployment): string[] {
  return [
    ...(is.archiveHash === was.archiveHash ? [] : ['code']),
    ...keysThatDiffer(was, is, ['archive', 'archiveHash']),
  ];
}

function apiChanges(was: ApiDeployment, is: ApiDeployment): string[] {
  const { added, removed, kept } = compared<ApiDeployment['routes'][number]>(
    was.routes,
    is.routes,
    ({ routeKey }) => routeKey,
  );
  return [
    ...added.map(({ routeKey }) => `+ ${routeKey}`),
    ...removed.map(({ routeKey }) => `- ${routeKey}`),
    ...kept
      .filter(([old, now]) => !isDeepStrictEqual(old, now))
      .map(([old, now]) => `${keysThatDiffer(old, now).join(', ')} of ${now.routeKey}`),
    ...keysThatDiffer(was, is, ['routes']).map((key) => `${key} of ${is.name}`),
  ];
}

function keysThatDiffer(was: object, is: object, besides: readonly string[] = []): string[] {
  const old = was as Readonly<Record<string, unknown>>;
  const now = is as Readonly<Record<string, unknown>>;
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys].filter((key) => !besides.includes(key) && !isDeepStrictEqual(old[key], now[key]));
}

function compared<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string) {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const now = new Map(after.map((one) => [keyOf(one), one]));
  return {
    added: after.filter((one) => !old.has(keyOf(one))),
    removed: before.filter((one) => !now.has(keyOf(one))),
    kept: after.flatMap((one) => {
      const was = old.get(keyOf(one));
      return was === undefined ? [] : [[was, one] as const];
    }),
  };
}
