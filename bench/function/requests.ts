/** The measured requests: their events, and the items that the fake DynamoDB answers. */

export interface BenchRequest {
  /** The route key, for example `GET /items/{id}`. It is also the heading of the table. */
  readonly routeKey: string;
  /** Name of the API. */
  readonly api: string;
  readonly tableName: string;
  /** Event in payload format 2.0. */
  readonly event: object;
  /** Status of the expected answer. */
  readonly status: number;
}

const CUSTOMER = '3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b';
const ORDER = '0193a5c2-7d10-7b3e-8f21-6a9c0d4e5b17';

const ORDER_BODY = {
  status: 'open',
  lines: [
    { sku: 'TEA-250', quantity: 2, price: 4.99 },
    { sku: 'COFFEE-500', quantity: 1, price: 12.5 },
    { sku: 'MUG-BLUE', quantity: 4, price: 7.95 },
    { sku: 'FILTER-100', quantity: 1, price: 3.49 },
    { sku: 'KETTLE-17', quantity: 1, price: 39.9 },
  ],
};

/** What a JWT authorizer adds to the event. */
const AUTHORIZER = {
  jwt: {
    claims: {
      ...{ iss: 'https://id.example.com/', aud: 'orders', sub: CUSTOMER, scope: 'orders:read orders:write' },
      ...{ iat: '1795950000', exp: '1795953600', jti: '7d1f4c55-6b0e-4f0e-9f6f-0a5f5a9e2b11' },
    },
    scopes: ['orders:read'],
  },
};

function eventOf(routeKey: string, rawPath: string, pathParameters: object, body?: object, authorizer?: object) {
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers: { accept: '*/*', ...(body && { 'content-type': 'application/json' }) },
    pathParameters,
    requestContext: {
      requestId: 'VEibCBfHR28DAmr=',
      http: { method: routeKey.split(' ')[0] },
      ...(authorizer && { authorizer }),
    },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

const ITEMS = { api: 'items', tableName: 'http-crud-tutorial-items' };
const ORDERS = { api: 'orders', tableName: 'http-crud-tutorial-orders' };

const GET_ITEM_ROUTE = 'GET /items/{id}';
const GET_ORDER_ROUTE = 'GET /customers/{customerId}/orders/{orderId}';
const POST_ORDER_ROUTE = 'POST /customers/{customerId}/orders';

export const GET_ITEM: BenchRequest = {
  ...ITEMS,
  routeKey: GET_ITEM_ROUTE,
  event: eventOf(GET_ITEM_ROUTE, '/items/abcdef234', { id: 'abcdef234' }),
  status: 200,
};

export const GET_ORDER: BenchRequest = {
  ...ORDERS,
  routeKey: GET_ORDER_ROUTE,
  event: eventOf(GET_ORDER_ROUTE, `/customers/${CUSTOMER}/orders/${ORDER}`, { customerId: CUSTOMER, orderId: ORDER }),
  status: 200,
};

export const POST_ORDER: BenchRequest = {
  ...ORDERS,
  routeKey: POST_ORDER_ROUTE,
  event: eventOf(POST_ORDER_ROUTE, `/customers/${CUSTOMER}/orders`, { customerId: CUSTOMER }, ORDER_BODY),
  status: 201,
};

/** The same requests to `ownOrders`, whose customer is a claim of the token. */
export const OWN_EVENTS: ReadonlyMap<BenchRequest, object> = new Map([
  [GET_ORDER, eventOf('GET /orders/{orderId}', `/orders/${ORDER}`, { orderId: ORDER }, undefined, AUTHORIZER)],
  [POST_ORDER, eventOf('POST /orders', '/orders', {}, ORDER_BODY, AUTHORIZER)],
]);

const [CREATED_AT, REQUEST_ID] = ['2026-11-29T10:00:00.000Z', 'VEibCBfHR28DAmr='];

/** The item of each table, in DynamoDB's JSON. */
export const STORED: Readonly<Record<string, object>> = {
  [ITEMS.tableName]: { id: { S: 'abcdef234' }, price: { N: '12345' }, name: { S: 'myitem' } },
  [ORDERS.tableName]: {
    customerId: { S: CUSTOMER },
    orderId: { S: ORDER },
    status: { S: ORDER_BODY.status },
    lines: {
      L: ORDER_BODY.lines.map(({ sku, quantity, price }) => ({
        M: { sku: { S: sku }, quantity: { N: String(quantity) }, price: { N: String(price) } },
      })),
    },
    createdAt: { S: CREATED_AT },
    updatedAt: { S: CREATED_AT },
    version: { N: '1' },
    '~by': { S: REQUEST_ID },
  },
};
