/** Names of an API's resources: those of the three systems of the tutorials, and for every other API names that start with its own. */
import type { Api } from '../function/contract/api';
import type { ApiDeployment, ApiNames } from './api-deployment';
import { TUTORIAL_APIS } from './tutorial-apis';

/**
 * How an API is deployed. The table of `orders` is `orders`, its function `orders-function`; in the environment staging they are
 * `orders-staging` and `orders-staging-function`.
 */
export function deploymentOf({ name }: Api): ApiDeployment {
  const ofTutorial = Object.hasOwn(TUTORIAL_APIS, name) ? TUTORIAL_APIS[name] : undefined;
  return ofTutorial ?? { names: defaultNames(name) };
}

function defaultNames(name: string): ApiNames {
  return {
    table: [name],
    function: [name, 'function'],
    role: [name, 'role'],
    api: [name, 'api'],
    apiKey: [name, 'key'],
    usagePlan: [name, 'usage-plan'],
  };
}
