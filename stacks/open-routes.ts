/** Finds the routes with which anybody may write. The profile `production` refuses them, unless the contract says why. */
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
  return routesOf(api)
    .filter(({ route }) => authOf(api, route) === 'none' && (route.public ?? api.public) === undefined)
    .filter((route) => isWriting(api, route))
    .map(({ routeKey }) => ({
      path: `routes[${JSON.stringify(routeKey)}]`,
      message: 'lets anybody write, but profile is production; set auth, or say in public why that is intended',
    }));
}

/** Whether the route may change something: its method is not GET, or its function may write to the table. */
function isWriting(api: Api, { method, routeKey }: ContractRoute): boolean {
  return method !== 'GET' || needsOf(api, routeKey).tableActions.some((action) => !READS.test(action));
}
