/** Describes which routes answer 501 and why, for the terminal and the JSON log. */
import type { ApiDeployment, Deployment } from '../model/deployment';
import { adviceOf, notSimulatedText, type NotSimulated } from '../model/not-simulated';
import { routesOf, routeText } from '../model/routes';
import { INDENT, yellow } from './style';

/** More routes are counted, not listed. */
const MAX_LISTED = 6;

interface NotSimulatedRecord extends NotSimulated {
  /** The routes that depend on it. */
  readonly routes: readonly string[];
  /** The names of the APIs that depend on it as a whole, each with its stage. */
  readonly apis: readonly string[];
}

export function notSimulatedRecords({ notSimulated, apis }: Deployment): NotSimulatedRecord[] {
  const routes = apis.flatMap((api) =>
    routesOf(api).map((route) => ({ text: routeText(api, route.routeKey), causes: route.notSimulated ?? [] })),
  );
  return notSimulated.map((cause) => {
    const text = notSimulatedText(cause);
    const depends = routes.filter(({ causes }) => causes.some((other) => notSimulatedText(other) === text));
    const whole = apis.filter((api) => api.notSimulated?.some((other) => notSimulatedText(other) === text));
    return { ...cause, routes: depends.map((route) => route.text), apis: whole.map(apiText) };
  });
}

/** Formats a warning for each part that is not simulated: the part, its routes, and what to do. */
export function warningTexts(deployment: Deployment): string[] {
  return notSimulatedRecords(deployment).map((record) =>
    [
      `${yellow('warning'.padEnd(INDENT.length - 1))} ${deployment.stack}: ${notSimulatedText(record)}.`,
      `${INDENT}${effectText(record)}`,
      `${INDENT}${adviceOf(record)}`,
    ].join('\n'),
  );
}

function apiText({ name, stage }: ApiDeployment): string {
  return stage === '$default' ? name : `${name}, stage ${stage}`;
}

function effectText({ routes, apis, address }: NotSimulatedRecord): string {
  if (apis.length > 0) return `All requests to this API answer 501: ${apis.join('; ')}.`;
  if (routes.length === 0) return unusedText(address);
  const more = routes.length > MAX_LISTED ? ` and ${routes.length - MAX_LISTED} more` : '';
  return `These routes answer 501: ${routes.slice(0, MAX_LISTED).join(', ')}${more}.`;
}

/** No route refers to the resource, so no route answers 501 because of it. */
function unusedText(address: string): string {
  if (/(^|\.)aws_dynamodb_table\./.test(address))
    return 'No route refers to the table. Calls to it fail: the run has no such table.';
  if (/(^|\.)aws_lambda_function\./.test(address)) return 'No route invokes the function. The run does not have it.';
  return 'No route refers to it, so it changes no response.';
}
