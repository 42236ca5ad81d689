/** OpenAPI documents of contracts. */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { openApiDocument } from '../../../constructs/openapi/document';
import type { Api } from '../../../function/contract/api';
import { items, links, notes, orders, posts, readings, todos } from '../../support/contract/contracts';
import { diaries } from '../../support/caller-contracts';
import { comments, shortLinks } from '../../support/contract/handler-contracts';
import { EXAMPLE_APIS, PROJECT_APIS } from '../../support/project-apis';

const FIXTURES: readonly Api[] = [todos, orders, notes, links, readings, posts, shortLinks, comments, items];
const APIS = [
  ...[...FIXTURES, ...PROJECT_APIS].map((api) => [api.name, api] as const),
  ...EXAMPLE_APIS.map((api) => [`examples/${api.name}`, api] as const),
];

interface Operation {
  readonly requestBody?: { readonly required: boolean };
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly security: unknown;
  readonly responses: Readonly<Record<string, { readonly headers?: Readonly<Record<string, unknown>> }>>;
}

function operation(api: Api, routeKey: string): Operation {
  const [method = '', path = ''] = routeKey.split(' ');
  return openApiDocument(api).paths[path]?.[method.toLowerCase()] as unknown as Operation;
}

function schema(api: Api, name: string): Readonly<Record<string, unknown>> {
  const { schemas } = openApiDocument(api)['components'] as { schemas: Record<string, Record<string, unknown>> };
  return schemas[name] ?? {};
}

function statuses(api: Api, routeKey: string): string[] {
  return Object.keys(operation(api, routeKey).responses);
}

describe('The document', () => {
  test.each(APIS)('of %s has no fault by the rules of Redocly', async (_, api) => {
    // The owner of an API decides its licence.
    const config = await createConfig({ extends: ['recommended-strict'], rules: { 'info-license': 'off' } });
    const problems = await lintFromString({ source: JSON.stringify(openApiDocument(api)), config });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  test('is the same for the same contract', () => {
    expect(JSON.stringify(openApiDocument(orders))).toBe(JSON.stringify(openApiDocument({ ...orders })));
  });

  test('names the schemas of new, whole, changed and answered items', () => {
    const { schemas } = openApiDocument(orders)['components'] as { schemas: object };
    const schemaNames = ['Order', 'NewOrder', 'OrderPage', 'WholeOrder', 'ChangedOrder'];
    expect(Object.keys(schemas)).toEqual([...schemaNames, 'ProblemDetails', 'GatewayError']);
  });

  test('gives each operation a unique id, even if routes and handlers have the same words', () => {
    const handler = (name: string) => ({ handler: name, responses: { 200: { description: 'OK' } } });
    const api: Api = {
      ...posts,
      routes: {
        'POST /x': { operation: 'create' },
        'GET /made': handler('createX'),
        'GET /made-as-well': handler('createXPost'),
        'POST /a/b': { operation: 'create' },
        'POST /a-b': { operation: 'create' },
        'PUT /a-b': { operation: 'create' },
      },
    };
    const ids = Object.values(openApiDocument(api).paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids).toEqual(['createXPost2', 'createX', 'createXPost', 'createABPost', 'createABPost2', 'createABPut']);
  });

  test.each(['gateway-error', 'gateway-errors', 'problem-details', 'problem-detailss'])(
    'has both the schema of the items of %s and the schemas of errors',
    (name) => {
      const api = { ...posts, name };
      const answered = operation(api, 'GET /posts/{id}').responses['200'] as unknown as {
        content: Record<string, { schema: { $ref: string } }>;
      };
      const reference = answered.content['application/json']?.schema.$ref.replace('#/components/schemas/', '') ?? '';
      expect(schema(api, reference)).toHaveProperty('properties.likes');
      expect(schema(api, 'GatewayError')).toHaveProperty('properties.message');
      expect(schema(api, 'ProblemDetails')).toHaveProperty('properties.detail');
    },
  );

  test('limits numbers to those that are stored exactly, unless the contract has bounds', () => {
    const numbers = {
      any: { type: 'number' },
      low: { type: ['integer', 'null'], exclusiveMinimum: 0 },
      high: { type: 'integer', maximum: 5 },
      some: { type: 'number', enum: [1, 2] },
    } as const;
    const api: Api = { ...posts, item: { type: 'object', properties: numbers } };
    for (const name of ['Post', 'NewPost'])
      expect(schema(api, name)['properties']).toMatchObject({
        any: { type: 'number', minimum: -9007199254740991, maximum: 9007199254740991 },
        low: { type: ['integer', 'null'], exclusiveMinimum: 0, maximum: 9007199254740991 },
        high: { type: 'integer', minimum: -9007199254740991, maximum: 5 },
        some: { type: 'number', enum: [1, 2] },
      });
    expect(schema(api, 'Post')['properties']).not.toHaveProperty('low.minimum');
    expect(schema(api, 'Post')['properties']).not.toHaveProperty('some.minimum');
  });

  test('gives each operation an id from its route', () => {
    const ids = Object.values(openApiDocument(orders).paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids).toEqual([
      'createCustomersOrder',
      'listCustomersOrders',
      'readCustomersOrder',
      'replaceCustomersOrder',
      'updateCustomersOrder',
      'deleteCustomersOrder',
      'listOrders',
    ]);
    expect(operation(shortLinks, 'GET /{code}').operationId).toBe('follow');
  });

  test('gives different ids to routes that differ only in their parameters', () => {
    const routes = { 'GET /a/{x}': { operation: 'read' }, 'GET /a/{x}/{y}': { operation: 'read' } } as const;
    const ids = Object.keys(routes).map((routeKey) => operation({ ...todos, routes }, routeKey).operationId);
    expect(ids).toEqual(['readAGetX', 'readAGetXY']);
  });
});

describe('Schemas', () => {
  test('refuse unknown fields in a request, and allow them in an answer', () => {
    expect(schema(todos, 'NewTodo')).toMatchObject({ additionalProperties: false, required: ['title'] });
    expect(schema(todos, 'Todo')).not.toHaveProperty('additionalProperties');
  });

  test('require the fields of an answer that the server sets or that have a default', () => {
    const required = ['id', 'createdAt', 'updatedAt', 'version', 'title', 'done', 'priority', 'tags'];
    expect(schema(todos, 'Todo')['required']).toEqual(required);
  });

  test('leave the fields of the path out of a body', () => {
    expect(schema(orders, 'Order')['properties']).toHaveProperty('customerId');
    expect(schema(orders, 'NewOrder')['properties']).not.toHaveProperty('customerId');
    expect(schema(orders, 'NewOrder')['required']).toEqual(['lines']);
  });

  test('require nothing in a patch, and allow null where it removes a field or sets its default', () => {
    const { properties, ...patch } = schema(orders, 'ChangedOrder') as { properties: Record<string, object> };
    expect(patch).not.toHaveProperty('required');
    expect(properties['lines']).toMatchObject({ type: 'array' });
    expect(properties['status']).toMatchObject({ type: ['string', 'null'], enum: ['open', 'paid', 'sent', null] });
    expect(JSON.stringify(properties['status'])).not.toContain('default');
    expect(schema(todos, 'ChangedTodo')['properties']).toMatchObject({
      place: {
        type: ['object', 'null'],
        properties: { street: { type: ['string', 'null'] }, city: { type: 'string' } },
      },
    });
  });

  test('restrict the keys in paths to the characters that a path can contain', () => {
    expect(schema(items, 'NewItem')['properties']).toMatchObject({
      id: { type: 'string', minLength: 1, maxLength: 2048, pattern: '^(?!\\.{1,2}$)[^/?%]+$' },
    });
    expect(schema({ ...items, gateway: 'rest-api' }, 'NewItem')['properties']).toMatchObject({
      id: { pattern: '^(?!\\.{1,2}$)[\\s\\S]+$' },
    });
  });
});

describe('Operations', () => {
  const parametersOf = (api: Api, routeKey: string) =>
    (operation(api, routeKey).parameters ?? []).map(({ name, in: place, required = false }) => [place, name, required]);

  test('have the statuses of their kind', () => {
    const order = '/customers/{customerId}/orders/{orderId}';
    expect(statuses(todos, 'POST /todos')).toEqual(['201', '400', '409', '415', '422', 'default']);
    expect(statuses(posts, 'POST /posts')).toEqual(['201', '400', '409', '415', 'default']);
    expect(statuses(orders, `GET ${order}`)).toEqual(['200', '304', '400', '404', 'default']);
    expect(statuses(todos, 'PUT /todos/{id}')).toEqual(['200', '201', '400', '404', '412', '415', 'default']);
    expect(statuses(orders, `PUT ${order}`)).toEqual(['200', '400', '404', '412', '415', '428', 'default']);
    expect(statuses(orders, `PATCH ${order}`)).toEqual(['200', '400', '404', '412', '415', '428', 'default']);
    expect(statuses(todos, 'DELETE /todos/{id}')).toEqual(['204', '400', '404', '412', 'default']);
    expect(statuses(orders, `DELETE ${order}`)).toEqual(['204', '400', '404', '412', '428', 'default']);
    expect(statuses(posts, 'POST /posts/{id}/likes')).toEqual(['200', '400', '404', 'default']);
  });

  test('have the headers of preconditions when items have a version', () => {
    expect(parametersOf(todos, 'GET /todos/{id}')).toContainEqual(['header', 'If-None-Match', false]);
    const order = '/customers/{customerId}/orders/{orderId}';
    expect(parametersOf(orders, `PATCH ${order}`)).toContainEqual(['header', 'If-Match', true]);
    expect(parametersOf(todos, 'PUT /todos/{id}')).toContainEqual(['header', 'If-Match', false]);
    expect(parametersOf(comments, 'DELETE /comments/{id}')).toEqual([['path', 'id', true]]);
  });

  test('that create have the headers ETag and Location', () => {
    const { headers = {} } = operation(todos, 'POST /todos').responses['201'] ?? {};
    expect(Object.keys(headers)).toEqual(['ETag', 'Location', 'Idempotent-Replayed']);
    expect(Object.keys(operation(shortLinks, 'POST /links').responses['201']?.headers ?? {})).toEqual(['Location']);
  });

  test('that list have the parameters of lists', () => {
    const list = 'GET /customers/{customerId}/orders';
    const page = [
      ['query', 'limit', false],
      ['query', 'cursor', false],
    ];
    const sorted = (sort: string) => [
      ['query', sort, false],
      ['query', 'order', false],
    ];
    expect(parametersOf(orders, list)).toEqual([
      ['path', 'customerId', true],
      ['query', 'status', false],
      ...sorted('orderId'),
      ...page,
    ]);
    expect(parametersOf(orders, 'GET /orders')).toEqual([['query', 'status', true], ...sorted('createdAt'), ...page]);
    expect(parametersOf(todos, 'GET /todos')).toEqual([
      ['query', 'done', false],
      ['query', 'priority', false],
      ...page,
    ]);
    const bounds = operation(orders, 'GET /orders').parameters?.find(({ name }) => name === 'createdAt');
    expect(bounds).toMatchObject({ style: 'deepObject', explode: true });
    expect(Object.keys((bounds?.schema as { properties: object }).properties)).toEqual(['gte', 'gt', 'lte', 'lt']);
  });

  test('require the credentials of their route', () => {
    const { securitySchemes } = openApiDocument(comments)['components'] as { securitySchemes: Record<string, object> };
    expect(operation(comments, 'GET /posts/{postId}/comments').security).toEqual([{ apiKey: [] }]);
    expect(operation(comments, 'DELETE /comments/{id}').security).toEqual([{ iam: [] }]);
    expect(operation(comments, 'POST /posts/{postId}/comments').security).toEqual([{ gate: [] }]);
    expect(operation(shortLinks, 'GET /{code}').security).toEqual([]);
    expect(securitySchemes['gate']).toMatchObject({ type: 'apiKey', in: 'header', name: 'x-gate' });
    // One of the scopes is enough.
    const scopes = [{ jwt: ['notes:delete'] }, { jwt: ['notes:admin'] }];
    expect(operation(notes, 'DELETE /notes/{noteId}').security).toEqual(scopes);
    expect(statuses(notes, 'GET /notes')).toEqual(expect.arrayContaining(['401', '403']));
    const [deletion, reading] = ['DELETE', 'GET'].map((method) => operation(diaries, `${method} /diaries/{dayId}`));
    expect(deletion?.security).toEqual([{ cognito: ['diaries/delete'] }, { cognito: ['diaries/admin'] }]);
    expect(reading?.security).toEqual([{ cognito: [] }]);
    expect(openApiDocument(diaries)['components']).toMatchObject({
      securitySchemes: { cognito: { scheme: 'bearer', description: expect.stringContaining('eu-west-1_AbCdEfGhI') } },
    });
  });

  test('of handlers have the query, the body and the responses of the contract', () => {
    const report = operation(comments, 'POST /comments/{id}/reports');
    expect(report.responses['409']).toMatchObject({ content: { 'application/json': { schema: { type: 'string' } } } });
    expect(report.requestBody).toMatchObject({ required: true });
    expect(operation(comments, 'POST /imports').requestBody).toMatchObject({ required: false });
    expect(report.parameters?.map(({ name }) => name)).toEqual(['id', 'loud']);
    expect(operation(shortLinks, 'GET /{code}').responses['301']).toEqual({ description: 'Goes there' });
  });
});
