/** The console's JSON API. */
import type { IncomingMessage } from 'node:http';
import type { TableDeployment } from '../model/deployment';
import { readBody } from '../services/api-gateway/request';
import type { ApiCall, ApiSource } from './api-call';
import { answerTokenRequest } from './issuer';
import { readItem, readItemPage } from './items/read';
import { deleteItem, putItem } from './items/write';
import { localOpenApi } from './openapi';
import { requestAsSent, requestDetails, send, sendAgain } from './request-calls';
import { decodePathPart } from './request-target';
import { HttpError } from './responses';
import { describeStacks } from './stacks';

interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: RegExp;
  /** @returns the body of the response */
  handle(call: ApiCall): unknown;
}

/** An item has at most 400 KB. The body of a change has two items, whose JSON is larger. */
const MAX_CHANGE_BYTES = 4 * 1024 * 1024;

/** Maximum body of POST /api/tokens. */
const MAX_TOKEN_BYTES = 64 * 1024;

const ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: /^\/api\/stacks$/,
    handle: async ({ source: { site, exampleTokens } }) => ({ stacks: await describeStacks(site, exampleTokens) }),
  },
  { method: 'GET', path: /^\/api\/requests$/, handle: ({ source }) => ({ requests: source.history.list() }) },
  { method: 'GET', path: /^\/api\/requests\/(\d+)$/, handle: requestDetails },
  { method: 'GET', path: /^\/api\/requests\/(\d+)\/sent$/, handle: requestAsSent },
  { method: 'POST', path: /^\/api\/requests\/(\d+)\/send$/, handle: sendAgain },
  { method: 'POST', path: /^\/api\/send$/, handle: send },
  {
    method: 'GET',
    path: /^\/api\/tables\/([^/]+)\/items$/,
    handle: (call) => readItemPage(call.source.dynamodbEndpoint, tableOf(call), call.query),
  },
  {
    method: 'GET',
    path: /^\/api\/tables\/([^/]+)\/item$/,
    handle: async (call) => ({
      item: await readItem(call.source.dynamodbEndpoint, tableOf(call), call.query.get('key')),
    }),
  },
  { method: 'PUT', path: /^\/api\/tables\/([^/]+)\/item$/, handle: (call) => changeItem(call, putItem) },
  { method: 'DELETE', path: /^\/api\/tables\/([^/]+)\/item$/, handle: (call) => changeItem(call, deleteItem) },
  { method: 'POST', path: /^\/api\/tokens$/, handle: token },
  {
    method: 'GET',
    path: /^\/openapi\/([^/]+)\.json$/,
    handle: ({ source, parameter }) => localOpenApi(source.site, parameter),
  },
];

/**
 * Calls the handler of the route that matches a request.
 * @returns the body of the response, or a promise of the body; undefined when no route matches
 * @throws HttpError
 */
export function callApi(source: ApiSource, request: IncomingMessage, url: URL): unknown {
  // For a HEAD request, Node.js sends the headers and omits the body.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  for (const route of ROUTES) {
    const match = route.method === method ? route.path.exec(url.pathname) : null;
    if (match)
      return route.handle({ source, request, parameter: decodePathPart(match[1] ?? ''), query: url.searchParams });
  }
  return undefined;
}

function tableOf({ source, parameter }: ApiCall): TableDeployment {
  const tables = source.site.deployments.flatMap((deployment) => deployment.tables);
  const table = tables.find(({ name }) => name === parameter);
  if (!table) throw new HttpError(404, `There is no table ${parameter}.`);
  return table;
}

/** @param change `putItem` or `deleteItem` */
async function changeItem(call: ApiCall, change: typeof putItem | typeof deleteItem): Promise<object> {
  const table = tableOf(call);
  const body = await readBody(call.request, MAX_CHANGE_BYTES);
  if (!body) throw new HttpError(400, 'The body is larger than 4 MB.');
  return change(call.source.dynamodbEndpoint, table, body.toString());
}

async function token({ source: { site, issuer }, request }: ApiCall): Promise<unknown> {
  const body = await readBody(request, MAX_TOKEN_BYTES);
  if (!body) throw new HttpError(400, 'The body is larger than 64 KB.');
  return answerTokenRequest(site.deployments, issuer, body.toString());
}
