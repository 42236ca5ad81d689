/** Finds the stacks whose smoke test needs credentials that no output of the deployment contains. */
import { authOf, routesOf } from '../../function/contract/model';
import { ROOT } from '../project';
import { contractOf } from './find-session';

/** The kinds of auth for which smoke needs at most the outputs of the deployment. */
const WITHOUT_CREDENTIALS = ['none', 'apiKey'];

/**
 * Finds the stacks with a route that needs a token or a signature. A stack without a contract has no such route.
 * @param app absolute path of the folder with cdktf.json
 * @returns one such route of each stack
 */
export async function stacksWithAuth(stacks: readonly string[], app: string): Promise<Map<string, string>> {
  return findRoutes(stacks, app, WITHOUT_CREDENTIALS);
}

/** Finds the stacks with a route that needs a token. For `iam`, the roles of the pipeline can sign. */
export async function stacksWithTokens(stacks: readonly string[], app = ROOT): Promise<string[]> {
  return [...(await findRoutes(stacks, app, [...WITHOUT_CREDENTIALS, 'iam'])).keys()];
}

/** @param others the kinds of auth that do not count */
async function findRoutes(stacks: readonly string[], app: string, others: readonly string[]) {
  const found = new Map<string, string>();
  for (const stack of stacks) {
    const contract = await contractOf(stack, app);
    const routes = contract ? routesOf(contract) : [];
    const needy = routes.find(({ route }) => contract && !others.includes(authOf(contract, route) as string));
    if (needy) found.set(stack, `the route ${needy.routeKey}`);
  }
  return found;
}
