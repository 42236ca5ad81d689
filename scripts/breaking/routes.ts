/** Finds changes of a route's behaviour that OpenAPI documents do not show. */
import type { Api, OperationRoute } from '../../function/contract/api';
import { isOperation } from '../../function/contract/model';
import { type Findings, shown } from './finding';

export function compareRoutes(before: Api, after: Api, findings: Findings): void {
  const routes = new Map(Object.entries(after.routes).map(([routeKey, route]) => [shapeOf(routeKey), route]));
  for (const [routeKey, old] of Object.entries(before.routes)) {
    const now = routes.get(shapeOf(routeKey));
    if (now && isOperation(old) && isOperation(now)) compareOperations(old, now, routeKey, findings);
  }
  for (const operation of ['put', 'delete'] as const) {
    const [was, is] = [before.answers?.[operation], after.answers?.[operation]];
    if (was !== is) findings.add(`answers.${operation}`, `is ${shown(is)}, was ${shown(was)}`);
  }
}

/** Removes the names of path parameters from a path or a route key. @example shapeOf('GET /todos/{id}') // 'GET /todos/{}' */
export function shapeOf(path: string): string {
  return path.replace(/\{[^}]+\}/g, '{}');
}

function compareOperations(old: OperationRoute, now: OperationRoute, place: string, findings: Findings): void {
  if (old.operation !== now.operation) {
    findings.add(place, `has the operation ${shown(now.operation)}, was ${shown(old.operation)}`);
  } else if (old.operation === 'increment' && now.operation === 'increment') {
    if (now.field !== old.field) findings.add(place, `increments ${now.field}, was ${old.field}`);
    if (now.by !== old.by) findings.add(place, `increments by ${now.by}, was ${old.by}`);
  } else if (old.operation === 'read' && now.operation === 'read') {
    if (old.consistent === true && now.consistent !== true) {
      findings.add(place, 'is not consistent any more: a read after a write may answer the old item');
    }
  }
}
