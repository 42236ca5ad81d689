/** Starts a console for a hand-written deployment. An echo server replaces the APIs. The table is in dynalite. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { History } from '../../src/console/history';
import { ConsoleServer } from '../../src/console/server';
import type { Invocation } from '../../src/model/invocation';
import type { Deployment, RestRouteDeployment, TableDeployment } from '../../src/model/deployment';
import type { RequestLog } from '../../src/services/api-gateway/server';
import { callDynamodb } from '../../src/services/dynamodb/client';
import { createTable } from '../../src/services/dynamodb/tables';
import { startTable } from './dynamodb';

export const TABLE = 'things';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:things-function';
const THROTTLE = { rate: 1, burst: 1 };

/** Returns a stack with two APIs: a REST API whose route requires an API key, and an HTTP API with a `$default` route. */
export function deploymentWith({
  apiKey = 'first-key',
  body = { a: 1 },
}: { readonly apiKey?: string; readonly body?: object } = {}): Deployment {
  const base = { functionArn: FUNCTION, timeoutMs: 1, permitted: true };
  const keyedRoute: RestRouteDeployment = {
    ...base,
    routeKey: 'POST /keyed/{id}',
    resourceId: 'r',
    apiKeyRequired: true,
    example: { body, query: ['id'] },
  };
  const api = { id: 'i', name: 'n', throttle: THROTTLE };
  const usagePlans = [{ name: 'p', throttle: THROTTLE, keys: [{ id: 'k', value: apiKey }] }];
  const httpRoutes = ['GET /things/{id}', '$default'].map((routeKey) => ({ ...base, routeKey }));
  return {
    stack: 'shop',
    inert: [],
    notSimulated: [],
    tables: [
      {
        name: TABLE,
        arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${TABLE}`,
        keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    ],
    functions: [
      {
        name: 'things-function',
        arn: FUNCTION,
        roleArn: 'arn:aws:iam::000000000000:role/things-role',
        region: 'us-east-1',
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        archive: '/none.zip',
        archiveHash: '',
        memoryMb: 256,
        timeoutMs: 3000,
        environment: {},
        logGroup: '/aws/lambda/things-function',
        logFormat: 'Text',
        logLevel: undefined,
      },
    ],
    roles: [],
    apis: [
      { ...api, kind: 'rest-api', address: 'rest', stage: 'prod', deploymentId: 'd', usagePlans, routes: [keyedRoute] },
      { ...api, kind: 'http-api', address: 'http', stage: '$default', routes: httpRoutes },
    ],
    outputs: { api_key: apiKey },
  };
}

/** Describes the REST API of the stack. */
export const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'shop', version: '1', description: 'The **shop**' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/keyed/{id}': {
      post: {
        operationId: 'createThing',
        summary: 'Creates a thing',
        security: [{ apiKey: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'size', in: 'query', style: 'deepObject', schema: { type: 'object', properties: { gte: {} } } },
        ],
        requestBody: { content: { '*/*': {} } },
        responses: { 200: { description: 'The thing' } },
      },
    },
  },
  components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
};

/** Returns the stack of `deploymentWith`, with a document of its REST API. */
export function documentedDeployment(description = DOCUMENT.info.description): Deployment {
  const deployment = deploymentWith();
  const openApi = JSON.stringify({ ...DOCUMENT, info: { ...DOCUMENT.info, description } });
  return {
    ...deployment,
    apis: deployment.apis.map((api) => (api.kind === 'rest-api' ? { ...api, openApi } : api)),
  };
}

export interface TestConsole {
  /** The URL of the page. */
  readonly url: string;
  /** The URL of the echo server that replaces all APIs. */
  readonly apiUrl: string;
  readonly history: History;
  /** The deployed stacks; a test may replace them. */
  readonly site: { deployments: readonly Deployment[]; urlOf(stack: string, address: string): string | undefined };
  putItem(item: Readonly<Record<string, unknown>>): Promise<void>;
  /** Closes the server. `start` opens it again on the same port, with an empty history. */
  close(): Promise<void>;
  start(): Promise<void>;
  /** Stops the console, the echo server and DynamoDB. */
  stop(): Promise<void>;
}

/** @param table a table that is created beside the table `things` */
export async function startConsole(table?: TableDeployment): Promise<TestConsole> {
  const [dynamodb, echo] = await Promise.all([startTable(TABLE), startEcho()]);
  if (table) await createTable(dynamodb.endpoint, table);
  const apiUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
  const site: TestConsole['site'] = {
    deployments: [deploymentWith()],
    urlOf: (stack, address) => {
      const deployment = site.deployments.find((candidate) => candidate.stack === stack);
      return deployment?.apis.some((api) => api.address === address) ? apiUrl : undefined;
    },
  };
  let history: History;
  let server: ConsoleServer;
  let url = '';
  const start = async () => {
    history = new History();
    server = new ConsoleServer({ site, history, dynamodbEndpoint: dynamodb.endpoint });
    url = await server.listen(url === '' ? 0 : Number(new URL(url).port), false);
  };
  await start();
  return {
    get url() {
      return url;
    },
    get history() {
      return history;
    },
    apiUrl,
    site,
    putItem: async (item) => {
      const { status, body } = await callDynamodb(dynamodb.endpoint, 'PutItem', { TableName: TABLE, Item: item });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    close: () => server.close(),
    start,
    stop: async () => {
      await server.close();
      echo.close();
      await dynamodb.stop();
    },
  };
}

/** Answers each request with its method, target and API key. */
async function startEcho() {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      const { method, url: target, headers } = request;
      response.end(JSON.stringify({ method, target, key: headers['x-api-key'] }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Returns an invocation with the request id `i<number>`. */
export function invocationOf(number: number, body = '', result?: string): Invocation {
  return {
    functionName: 'things-function',
    requestId: `i${number}`,
    event: { body },
    ...(result !== undefined && { result }),
  };
}

/** Returns the log of a request with status 200, in the form in which the history receives it. */
export function requestOf(invocation: Invocation, more: Partial<RequestLog> = {}): RequestLog {
  return {
    method: 'PUT',
    path: `/${invocation.requestId}`,
    milliseconds: 1,
    response: { status: 200, headers: [], body: Buffer.alloc(0) },
    stack: 'shop',
    api: 'http',
    requestId: 'r',
    heldMs: 0,
    invocation,
    ...more,
  };
}
