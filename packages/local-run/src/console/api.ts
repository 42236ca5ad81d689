/** The console's JSON API. */
import type { IncomingMessage } from 'node:http';
import type { Deployment } from '../model/deployment';
import { readBody } from '../services/api-gateway/request';
import type { LocalIssuer } from '../services/tokens/local-issuer';
import type { ExampleTokens } from './example-tokens';
import { type History, MAX_REQUESTS } from './history';
import { answerTokenRequest } from './issuer';
import { localOpenApi } from './openapi';
import { decodePathPart } from './request-target';
import { HttpError } from './responses';
import { parseSendRequest, sendToApi } from './send';
import { describeStacks } from './stacks';
import { readTablePage } from './tables';

/** The data that the console shows, and the APIs that it sends requests to. */
export interface ConsoleSource {
  readonly site: {
    /** The stacks that are served now. */
    readonly deployments: readonly Deployment[];
    /** @returns the URL that an API listens on; undefined when the stack has no API at this Terraform address */
    urlOf(stack: string, apiAddress: string): string | undefined;
  };
  readonly history: History;
  /** The endpoint of DynamoDB itself, not of the guard that checks IAM. */
  readonly dynamodbEndpoint: string;
  /** Issues tokens that the APIs accept. @default an issuer with new keys of its own */
  readonly issuer?: LocalIssuer;
  /** How long an API may take to answer a request of the page. @default 60 seconds */
  readonly sendTimeoutMs?: number;
}

/** A source whose issuer is set, with example tokens of this issuer. */
export interface ApiSource extends ConsoleSource {
  readonly issuer: LocalIssuer;
  readonly exampleTokens: ExampleTokens;
}

interface ApiCall {
  readonly source: ApiSource;
  readonly request: IncomingMessage;
  /** The decoded value of the path pattern's group; empty for a pattern without a group. */
  readonly parameter: string;
  readonly query: URLSearchParams;
}

interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** @returns the body of the response */
  handle(call: ApiCall): unknown;
}

/** Maximum body of POST /api/send. The body is a request for an API, as JSON text. */
const MAX_SEND_BYTES = 32 * 1024 * 1024;

/** Maximum body of POST /api/tokens. */
const MAX_TOKEN_BYTES = 64 * 1024;

const ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: /^\/api\/stacks$/,
    handle: async ({ source: { site, exampleTokens } }) => ({
      stacks: await describeStacks(site.deployments, exampleTokens),
    }),
  },
  { method: 'GET', path: /^\/api\/requests$/, handle: ({ source }) => ({ requests: source.history.list() }) },
  { method: 'GET', path: /^\/api\/requests\/(\d+)$/, handle: requestDetails },
  { method: 'GET', path: /^\/api\/tables\/([^/]+)\/items$/, handle: tableItems },
  { method: 'POST', path: /^\/api\/send$/, handle: send },
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

function requestDetails({ source, parameter }: ApiCall): unknown {
  const details = source.history.find(Number(parameter));
  if (!details)
    throw new HttpError(404, `There is no request ${parameter}: the console keeps the last ${MAX_REQUESTS} requests.`);
  return details;
}

function tableItems({ source, parameter, query }: ApiCall): Promise<unknown> {
  const tables = source.site.deployments.flatMap((deployment) => deployment.tables);
  const table = tables.find(({ name }) => name === parameter);
  if (!table) throw new HttpError(404, `There is no table ${parameter}.`);
  return readTablePage(source.dynamodbEndpoint, table, query);
}

async function send({ source, request }: ApiCall): Promise<unknown> {
  const body = await readBody(request, MAX_SEND_BYTES);
  if (!body) throw new HttpError(400, 'The body is larger than 32 MB.');
  const sendRequest = parseSendRequest(body.toString());
  const url = source.site.urlOf(sendRequest.stack, sendRequest.api);
  if (url === undefined) throw new HttpError(404, unknownApiMessage(source.site.deployments, sendRequest));
  return sendToApi(url, sendRequest, source.sendTimeoutMs);
}

async function token({ source: { site, issuer }, request }: ApiCall): Promise<unknown> {
  const body = await readBody(request, MAX_TOKEN_BYTES);
  if (!body) throw new HttpError(400, 'The body is larger than 64 KB.');
  return answerTokenRequest(site.deployments, issuer, body.toString());
}

function unknownApiMessage(deployments: readonly Deployment[], { stack, api }: { stack: string; api: string }): string {
  const deployment = deployments.find((candidate) => candidate.stack === stack);
  if (!deployment) return `There is no stack ${stack}.`;
  const addresses = deployment.apis.map(({ address }) => address).join(', ');
  return `The stack ${stack} has no API with the Terraform address ${api}. Its APIs are ${addresses}.`;
}
