/** Makes the requests of a load test from the contract of an API: reads, or with writes, its smoke session. */
import { isDeepStrictEqual } from 'node:util';
import type { Api } from '../../function/contract/api';
import { type ContractRoute, isHandler, isOperation, routesOf } from '../../function/contract/model';
import { credentials } from '../smoke/credentials';
import { parseJson } from '../smoke/difference';
import { listQuery, newKeyValues, pathWithExamples } from '../smoke/example-values';
import { sessionOf } from '../smoke/find-session';
import { runStep } from '../smoke/session';
import { SessionError, type StackOutputs, type Step } from '../smoke/step';
import type { Values } from '../smoke/values';
import type { LoadTarget } from './generator';

/** Statuses of a read that works: handlers may redirect, and the item of the read route does not exist. */
const READ_STATUSES = [200, 204, 301, 302, 303, 307, 308, 404];

/**
 * Makes the requests to the read route: the operation `read`, else `list`, else another GET route.
 * @returns undefined when the API has no GET route
 * @throws SessionError when credentials are missing, or the API refuses the first request
 */
export async function readTarget(api: Api, outputs: StackOutputs): Promise<LoadTarget | undefined> {
  const url = urlOf(outputs);
  const route = readRoute(api);
  if (!route) return undefined;
  const { steps, of: credentialsOf } = credentials(api, outputs);
  const values = await valuesOf(url, steps);
  const path = pathWithExamples(api, readPath(api, route), newKeyValues(api));
  const request = { method: route.method, path, ...credentialsOf(route) };
  // The first request also starts the function, so its time is not counted.
  const { status, text = '', fault } = await runStep(url, { ...request, status: 200 }, values);
  if (status === undefined || !READ_STATUSES.includes(status))
    throw new SessionError(`${route.routeKey} cannot be read: ${fault}`);
  if (status !== 404) return { url, values, cycle: () => [{ ...request, status }], nameOf: () => route.routeKey };
  const missing = gatewayFault(parseJson(text));
  if (missing !== undefined) throw new SessionError(`${route.routeKey} cannot be read: ${missing}`);
  return { url, values, cycle: () => [{ ...request, status, answer: gatewayFault }], nameOf: () => route.routeKey };
}

/** Refuses the 404 that an HTTP API answers without the function (API Gateway developer guide, "Routes for HTTP APIs"). */
function gatewayFault(json: unknown): string | undefined {
  if (!isDeepStrictEqual(json, { message: 'Not Found' })) return undefined;
  return 'API Gateway answered 404 without the function, because the API does not have this route. Deploy the contract, or pass --app.';
}

/**
 * Makes the requests of the API's smoke session that succeed.
 * @param app absolute path of the folder with cdktf.json
 * @throws SessionError when the API has no session, or credentials are missing
 */
export async function sessionTarget(api: Api, outputs: StackOutputs, app: string): Promise<LoadTarget> {
  const url = urlOf(outputs);
  const session = await sessionOf(api.name, app);
  if (!session) throw new SessionError('it has no session: see "Smoke sessions" in docs/contract.md.');
  // Steps with a server get a token, once.
  const values = await valuesOf(
    url,
    session(outputs).filter(({ server }) => server !== undefined),
  );
  // The keys are new in each cycle.
  const cycle = () =>
    session(outputs)
      .filter((step) => step.server === undefined && step.status < 300)
      .map(withoutAnswer);
  return { url, values, cycle, nameOf: (step) => rowName(api, step) };
}

/** The address of the API. @throws SessionError when the output is not a URL */
function urlOf({ url }: StackOutputs): string {
  if (typeof url === 'string' && URL.canParse(url)) return url.replace(/\/$/, '');
  throw new SessionError(`its output url must be a URL, but is ${String(url)}.`);
}

function readRoute(api: Api): ContractRoute | undefined {
  const routes = routesOf(api).filter(({ method }) => method === 'GET');
  const operation = (name: string) => routes.find(({ route }) => isOperation(route) && route.operation === name);
  return operation('read') ?? operation('list') ?? routes[0];
}

function readPath(api: Api, { path, route }: ContractRoute): string {
  return !isHandler(route) && route.operation === 'list' ? path + listQuery(api, path, route) : path;
}

/** Runs the steps that get a token. @throws SessionError when one of them fails */
async function valuesOf(url: string, steps: readonly Step[]): Promise<Values> {
  const values: Values = new Map();
  for (const step of steps) {
    const { fault } = await runStep(url, step, values);
    if (fault !== undefined) throw new SessionError(`${step.method} ${step.path} ${step.label ?? ''}: ${fault}`);
  }
  return values;
}

function withoutAnswer(step: Step): Step {
  const { answer: _, ...request } = step;
  return { ...request, answerHeaders: {} };
}

/** Names a request by its route, because its path contains the key of an item. */
function rowName(api: Api, { method, path, label }: Step): string {
  const [plain = ''] = path.split('?');
  const route = routesOf(api).find((candidate) => candidate.method === method && matches(candidate.path, plain));
  return [route?.routeKey ?? `${method} ${plain}`, label ?? ''].join(' ').trimEnd();
}

function matches(template: string, path: string): boolean {
  const [expected, segments] = [template.split('/'), path.split('/')];
  return (
    expected.length === segments.length &&
    expected.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}
