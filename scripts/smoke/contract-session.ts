/** Makes the session of an API from its contract: requests to every operation, with example values of the schemas. */
import type { Api, OperationName } from '../../function/contract/api';
import { authOf, type ContractRoute, isHandler, isOperation, routesOf } from '../../function/contract/model';
import type { HandlerNames } from '../../function/contract/types';
import { credentials } from './credentials';
import { pathWithExamples } from './example-values';
import { type OperationSteps, operationSteps, type RouteOf } from './operation-steps';
import type { Session, Step } from './step';
import { tutorialSteps } from './tutorial-steps';

/** A request to a handler's route, and its expected answer. `path` can add a query. @default the route's method and path */
export type HandlerStep = Omit<Step, 'method' | 'path'> & Partial<Pick<Step, 'path'>>;

type AnyHandlerSteps = Readonly<Record<string, readonly HandlerStep[] | undefined>>;

type HandlerSteps<A extends Api> = Readonly<Partial<Record<HandlerNames<A>, readonly HandlerStep[]>>>;

/**
 * Makes a session that creates an item, sends it through all operations and handlers, and deletes it. The requests have
 * credentials.
 * @param handlers the steps of each handler, because the contract does not contain their answers. They run before the item is
 *   deleted; texts can contain the fields of the item in braces. @default no handler is called
 * @example contractSession(parts, { sell: [{ body: { quantity: 1 }, status: 409 }] })
 */
export function contractSession<A extends Api>(api: A, handlers?: HandlerSteps<A>): Session {
  const routes: readonly ContractRoute[] = routesOf(api);
  return (outputs) => {
    const { steps: credentialSteps, of: credentialsOf } = credentials(api, outputs);
    const steps = orderedSteps(routes, api.answers ? tutorialSteps(api) : operationSteps(api), handlers ?? {});
    return [
      ...credentialSteps,
      ...refusedSteps(api, routes),
      ...steps.map(([route, step]): Step => {
        const { headers, ...signature } = credentialsOf(route);
        return { ...step, ...signature, headers: { ...headers, ...step.headers } };
      }),
    ];
  };
}

type RoutedStep = readonly [ContractRoute, Step];

function orderedSteps(
  routes: readonly ContractRoute[],
  steps: OperationSteps,
  handlers: AnyHandlerSteps,
): RoutedStep[] {
  const all = <O extends OperationName>(name: O, make: (route: RouteOf<O>) => readonly Step[]): RoutedStep[] =>
    ofOperation(routes, name).flatMap((route) => make(route).map((step): RoutedStep => [route, step]));
  const cleanUp = () => all('delete', steps.cleanUp).slice(0, 1);
  // Without a create route, the first replace creates the item.
  const [creator] = ofOperation(routes, 'create').length > 0 ? [] : ofOperation(routes, 'replace');
  return [
    ...ofOperation(routes, 'create').flatMap((route, index) => [
      // Each create route stores another item. The later steps use the last item.
      ...(index > 0 ? cleanUp() : []),
      ...steps.create(route).map((step): RoutedStep => [route, step]),
    ]),
    ...(creator ? steps.createByReplace(creator).map((step): RoutedStep => [creator, step]) : []),
    ...all('put', steps.put),
    ...all('read', steps.read),
    ...all('list', steps.list),
    ...all('update', steps.update),
    ...all('increment', steps.increment),
    ...all('replace', steps.replace),
    ...routes.flatMap((route) => handlerSteps(route, handlers)),
    // A second delete route would find no item.
    ...ofOperation(routes, 'delete')
      .slice(0, 1)
      .flatMap((route) => steps.delete(route).map((step): RoutedStep => [route, step])),
    ...(ofOperation(routes, 'delete').length > 0 ? all('read', steps.readDeleted) : []),
    ...cleanUp(),
  ];
}

function handlerSteps(contractRoute: ContractRoute, handlers: AnyHandlerSteps): RoutedStep[] {
  const { method, path, route } = contractRoute;
  if (!isHandler(route)) return [];
  return (handlers[route.handler] ?? []).map((step) => [contractRoute, { method, path, ...step }]);
}

function ofOperation<O extends OperationName>(routes: readonly ContractRoute[], name: O): readonly RouteOf<O>[] {
  return routes.filter(
    (candidate): candidate is RouteOf<O> => isOperation(candidate.route) && candidate.route.operation === name,
  );
}

/** Makes a request without credentials to the first route that requires them. */
function refusedSteps(api: Api, routes: readonly ContractRoute[]): Step[] {
  const route = routes.find((candidate) => authOf(api, candidate.route) !== 'none');
  if (!route) return [];
  const auth = authOf(api, route.route);
  const path = pathWithExamples(api, route.path, {});
  return [
    {
      method: route.method,
      path,
      label: 'without credentials',
      status: auth === 'apiKey' || auth === 'iam' ? 403 : 401,
    },
  ];
}
