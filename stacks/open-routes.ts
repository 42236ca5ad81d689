/**
 * Finds the routes with which anybody may write. The profile `production` refuses them, unless the contract says why; then synth
 * repeats the reason.
 */
import type { ContractFault } from '../constructs/contract-check/contract-error';
import type { Api } from '../function/contract/api';
import { authOf, type ContractRoute, routesOf } from '../function/contract/model';
import { needsOf } from '../function/contract/needs';

/** The actions that only read (Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB"). */
const READS = /^dynamodb:(BatchGetItem|ConditionCheckItem|Describe\w+|Get\w+|List\w+|PartiQLSelect|Query|Scan)$/;

/**
 * Reports the writing routes that anybody may call, unless `public` of the contract or of the route says why.
 * @param api a contract without other faults
 */
export function openWritingFaults(api: Api): ContractFault[] {
  return openWritingRoutes(api)
    .filter((route) => reasonOf(api, route) === undefined)
    .map(({ routeKey }) => ({
      path: `routes[${JSON.stringify(routeKey)}]`,
      message: 'lets anybody write, but profile is production; set auth, or say in public why that is intended',
    }));
}

/**
 * Returns a warning for each reason for which anybody may write.
 * @example 'Anybody may call PUT /notes, DELETE /notes/{id}, which write: A guestbook without accounts'
 */
export function openWritingWarnings(api: Api): string[] {
  const routes = openWritingRoutes(api);
  const reasons = [...new Set(routes.flatMap((route) => reasonOf(api, route) ?? []))];
  return reasons.map((reason) => {
    const keys = routes.filter((route) => reasonOf(api, route) === reason).map(({ routeKey }) => routeKey);
    return `Anybody may call ${keys.join(', ')}, which write: ${reason}`;
  });
}

function openWritingRoutes(api: Api): ContractRoute[] {
  return routesOf(api).filter((route) => authOf(api, route.route) === 'none' && isWriting(api, route));
}

function reasonOf(api: Api, { route }: ContractRoute): string | undefined {
  return route.public ?? api.public;
}

/** Whether the route may change something: its method is not GET, or its function may write to the table. */
function isWriting(api: Api, { method, routeKey }: ContractRoute): boolean {
  return method !== 'GET' || needsOf(api, routeKey).tableActions.some((action) => !READS.test(action));
}
