/** Finds the route of a request. Routes of several stages have the same key, so the path of the request tells the stage. */

export function isOfRoute(request, { stack, api, routeKey, stage }) {
  const [, segment = ''] = request.path.split(/[/?]/, 2);
  const isSame = stack === request.stack && api === request.api && routeKey === request.route;
  return isSame && ['$default', segment].includes(stage);
}

/** @returns undefined when no route has the key of the request */
export function routeOf(request, routes) {
  const candidates = routes.filter((route) => isOfRoute(request, route));
  return candidates.find(({ stage }) => stage !== '$default') ?? candidates[0];
}
