/** Describes which routes answer 501 and why, for the terminal and the JSON log. */
import type { Deployment } from '../model/deployment';
import { adviceOf, notSimulatedText, type NotSimulated } from '../model/not-simulated';
import { routesOf, routeText } from '../model/routes';
import { INDENT, yellow } from './style';

/** More routes are counted, not listed. */
const MAX_LISTED = 6;

interface NotSimulatedRecord extends NotSimulated {
  /** The routes that depend on it. */
  readonly routes: readonly string[];
}

export function notSimulatedRecords({ notSimulated, apis }: Deployment): NotSimulatedRecord[] {
  const routes = apis.flatMap((api) =>
    routesOf(api).map((route) => ({ text: routeText(api, route.routeKey), causes: route.notSimulated ?? [] })),
  );
  return notSimulated.map((cause) => {
    const text = notSimulatedText(cause);
    const depends = routes.filter(({ causes }) => causes.some((other) => notSimulatedText(other) === text));
    return { ...cause, routes: depends.map((route) => route.text) };
  });
}

/** Formats a warning for each part that is not simulated: the part, its routes, and what to do. */
export function warningTexts(deployment: Deployment): string[] {
  return notSimulatedRecords(deployment).map((record) =>
    [
      `${yellow('warning'.padEnd(INDENT.length - 1))} ${deployment.stack}: ${notSimulatedText(record)}.`,
      `${INDENT}${routesText(record.routes)}`,
      `${INDENT}${adviceOf(record)}`,
    ].join('\n'),
  );
}

function routesText(routes: readonly string[]): string {
  if (routes.length === 0) return 'No route depends on it.';
  const more = routes.length > MAX_LISTED ? ` and ${routes.length - MAX_LISTED} more` : '';
  return `These routes answer 501: ${routes.slice(0, MAX_LISTED).join(', ')}${more}.`;
}
