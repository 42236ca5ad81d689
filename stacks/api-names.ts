/** Decides the names of an API's resources. They start with the name of the API, except in the tutorial APIs. */
import type { Api } from '../function/contract/api';
import type { ApiDeployment, ApiNames } from './api-deployment';
import { TUTORIAL_APIS } from './tutorial-apis';

/**
 * Returns how an API is deployed. The table of `orders` has the name `orders`, its function `orders-function`. In the
 * environment `staging`, the names are `orders-staging` and `orders-staging-function`.
 */
export function deploymentOf({ name }: Api): ApiDeployment {
  const tutorialDeployment = Object.hasOwn(TUTORIAL_APIS, name) ? TUTORIAL_APIS[name] : undefined;
  return tutorialDeployment ?? { names: defaultNames(name) };
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
