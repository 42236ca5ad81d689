/** Lists changes of the contract `orders`, and the finding for each change that breaks callers or stored items. */
import type { Api, Route } from '../../../function/contract/api';
import { orders } from '../../support/contract/http-orders';

/** The contract as data that a change may edit. */
export interface Draft {
  gateway: string;
  key: unknown;
  item: { properties: Record<string, Record<string, unknown>>; required: string[] };
  managed: Record<string, unknown>;
  indexes: Record<string, { key: unknown }>;
  auth?: unknown;
  cors?: unknown;
  ttl?: string;
  routes: Record<string, Record<string, unknown>>;
}

export interface Change {
  readonly name: string;
  readonly edit: (draft: Draft) => void;
  /** Part of an expected finding; undefined for a change that breaks neither callers nor stored items. */
  readonly finding?: string;
  /** Whether api-smart-diff calls the change breaking although all old values fit. values.test.ts checks such changes with Ajv. */
  readonly isDisputed?: true;
}

/** The contract before the changes: `orders`, with more kinds of fields, CORS and a route with a handler. */
export const BASE: Api = {
  ...orders,
  item: {
    ...orders.item,
    properties: {
      ...orders.item.properties,
      code: { type: 'string', minLength: 2, maxLength: 20 },
      weight: { type: 'number', minimum: 0, maximum: 100, multipleOf: 0.5 },
      kind: { type: 'string', enum: ['gift', 'order'] },
      tags: { type: 'array', items: { type: 'string', maxLength: 10 }, maxItems: 5 },
      count: { type: 'integer', exclusiveMinimum: 0, maximum: 9 },
      source: { const: 'shop' },
    },
  },
  managed: {
    ...orders.managed,
    owner: { claim: 'sub' },
    likes: 'counter',
    coupon: { random: 7 },
    deletedAt: { expiresAfter: 3600 },
  },
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['orders'] } },
  cors: { origins: ['https://shop.example.com'] },
  routes: {
    ...orders.routes,
    'GET /customers/{customerId}/orders/{orderId}': { operation: 'read', consistent: true },
    'POST /customers/{customerId}/orders/{orderId}/likes': { operation: 'increment', field: 'likes', by: 1 },
    'POST /reports': {
      handler: 'report',
      query: { urgent: { type: 'boolean' } },
      body: { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 100 } } },
      responses: {
        200: {
          description: 'The report',
          body: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
        },
      },
    } satisfies Route,
  },
};

export function changed({ edit }: Change): Api {
  const draft = structuredClone(BASE) as unknown as Draft;
  edit(draft);
  return draft as unknown as Api;
}

const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;
const CREATE = `POST ${ORDERS}`;
const LIKE = `POST ${ORDER}/likes`;

const field = (name: string, rules: Record<string, unknown>) => (draft: Draft) => {
  Object.assign((draft.item.properties[name] ??= {}), rules);
};
const route = (routeKey: string, rules: Record<string, unknown>) => (draft: Draft) => {
  Object.assign((draft.routes[routeKey] ??= {}), rules);
};
const line = (edit: (items: { properties: Record<string, Record<string, unknown>>; required: string[] }) => void) => {
  return (draft: Draft) => {
    edit(
      draft.item.properties['lines']?.['items'] as {
        properties: Record<string, Record<string, unknown>>;
        required: string[];
      },
    );
  };
};

const jwt = (rules: object) => (draft: Draft) => {
  draft.auth = { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['orders'], ...rules } };
};
/** Replaces the rules of a field. */
const replace = (name: string, rules: Record<string, unknown>) => (draft: Draft) => {
  draft.item.properties[name] = rules;
};
const managed = (name: string, how: unknown) => (draft: Draft) => {
  draft.managed[name] = how;
};

const WEIGHT = { type: 'number', maximum: 100, multipleOf: 0.5 };
const COUNT = { type: 'integer', maximum: 9 };

export const CHANGES: readonly Change[] = [
  { name: 'a route is removed', edit: (draft) => delete draft.routes['GET /orders'], finding: 'GET /orders is gone' },
  {
    name: 'a path is renamed',
    edit: (draft) => {
      const { 'GET /orders': list = {}, ...others } = draft.routes;
      draft.routes = { ...others, 'GET /all-orders': list };
    },
    finding: 'GET /orders is gone',
  },
  {
    name: 'a field is removed',
    edit: (draft) => delete draft.item.properties['note'],
    finding: 'body note is refused now',
  },
  {
    name: 'a field is required',
    edit: (draft) => draft.item.required.push('note'),
    finding: 'body note is required now',
  },
  {
    name: 'a required field is added',
    edit: (draft) => {
      draft.item.properties['size'] = { type: 'integer' };
      draft.item.required.push('size');
    },
    finding: 'body size is required now',
  },
  { name: 'the type of a field changes', edit: field('note', { type: 'integer' }), finding: 'body note has the type' },
  { name: 'null is refused', edit: field('note', { type: 'string' }), finding: 'body note has the type "string"' },
  { name: 'null is allowed', edit: field('code', { type: ['string', 'null'] }), finding: '200 body code has the type' },
  {
    name: 'a number becomes an integer',
    edit: field('weight', { type: 'integer' }),
    finding: 'body weight has the type',
  },
  { name: 'maxLength shrinks', edit: field('code', { maxLength: 10 }), finding: 'body code has maxLength 10, was 20' },
  { name: 'minLength grows', edit: field('code', { minLength: 3 }), finding: 'body code has minLength 3, was 2' },
  { name: 'maximum shrinks', edit: field('weight', { maximum: 50 }), finding: 'body weight has maximum 50, was 100' },
  { name: 'minimum grows', edit: field('weight', { minimum: 1 }), finding: 'body weight has minimum 1, was 0' },
  { name: 'maxItems shrinks', edit: field('tags', { maxItems: 3 }), finding: 'body tags has maxItems 3, was 5' },
  { name: 'items must be unique', edit: field('tags', { uniqueItems: true }), finding: 'body tags has uniqueItems' },
  {
    name: 'multipleOf grows',
    edit: field('weight', { multipleOf: 1 }),
    finding: 'body weight has multipleOf 1',
  },
  { name: 'a pattern is added', edit: field('code', { pattern: '^[a-z]+$' }), finding: 'body code has pattern' },
  { name: 'a format is added', edit: field('code', { format: 'date' }), finding: 'body code has the format "date"' },
  { name: 'a value is removed', edit: field('kind', { enum: ['gift'] }), finding: 'body kind has the values ["gift"]' },
  {
    name: 'a value is added',
    edit: field('kind', { enum: ['gift', 'order', 'x'] }),
    finding: '200 body kind has the values',
  },
  { name: 'a default changes', edit: field('status', { default: 'paid' }), finding: 'body status has default "paid"' },
  { name: 'a default is added', edit: field('kind', { default: 'gift' }), finding: 'item kind has a default now' },
  {
    name: 'a nested field is required',
    edit: line(({ properties, required }) => {
      delete properties['gift']?.['default'];
      required.push('gift');
    }),
    finding: 'body lines[].gift is required now',
  },
  {
    name: 'a nested field is removed',
    edit: line(({ properties }) => delete properties['gift']),
    finding: 'body lines[].gift is refused now',
  },
  {
    name: 'auth changes',
    edit: (draft) => (draft.auth = { default: 'iam' }),
    finding: 'requires [{"iam":[]}], required',
  },
  {
    name: 'tokens have another issuer',
    edit: jwt({ issuer: 'https://b.example.com/' }),
    finding: 'auth jwt has the issuer',
  },
  {
    name: 'an audience is removed',
    edit: jwt({ audience: ['b'] }),
    finding: 'auth jwt does not accept tokens for orders',
  },
  {
    name: 'If-Match is required',
    edit: route(`DELETE ${ORDER}`, { ifMatch: 'required' }),
    finding: 'header If-Match is required',
  },
  {
    name: 'Idempotency-Key is refused',
    edit: route(CREATE, { idempotency: false }),
    finding: 'header Idempotency-Key is refused',
  },
  {
    name: 'replace no longer creates items',
    edit: route(`PUT ${ORDER}`, { create: false }),
    finding: 'does not answer 201 any more',
  },
  {
    name: 'a filter is removed',
    edit: route(`GET ${ORDERS}`, { filters: [] }),
    finding: 'query status is refused now',
  },
  {
    name: 'the order changes',
    edit: route(`GET ${ORDERS}`, { order: 'asc' }),
    finding: 'query order has default "asc"',
  },
  {
    name: 'the maximum size of a page shrinks',
    edit: route(`GET ${ORDERS}`, { limit: { default: 50, maximum: 60 } }),
    finding: 'query limit has maximum 60',
  },
  {
    name: 'a query parameter is removed',
    edit: route('POST /reports', { query: {} }),
    finding: 'query urgent is refused now',
  },
  {
    name: 'a status is removed from the answers',
    edit: route('POST /reports', { responses: { 202: { description: 'Later' } } }),
    finding: 'POST /reports does not answer 200 any more',
  },
  {
    name: 'an answered field is removed',
    edit: route('POST /reports', {
      responses: { 200: { description: 'The report', body: { type: 'object', properties: {} } } },
    }),
    finding: '200 body id is not answered any more',
  },
  {
    name: 'the version is removed',
    edit: (draft) => delete draft.managed['version'],
    finding: 'has no header ETag any more',
  },
  {
    name: 'a minimum becomes exclusive',
    edit: replace('weight', { type: 'number', exclusiveMinimum: 0, maximum: 100, multipleOf: 0.5 }),
    finding: 'body weight has exclusiveMinimum 0, was minimum 0',
  },
  {
    name: 'the maximum of an integer becomes exclusive',
    edit: replace('count', { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 9 }),
    finding: 'body count has exclusiveMaximum 9, was maximum 9',
  },
  {
    name: 'integers get a multipleOf',
    edit: field('count', { multipleOf: 3 }),
    finding: 'body count has multipleOf 3',
  },
  {
    name: 'a constant changes',
    edit: field('source', { const: 'web' }),
    finding: 'body source has the values ["web"]',
  },
  // OpenAPI documents do not show these changes.
  {
    name: 'a claim changes',
    edit: managed('owner', { claim: 'email' }),
    finding: 'item owner is {"claim":"email"}, was',
  },
  {
    name: 'a version and a counter are swapped',
    edit: (draft) => {
      draft.managed['version'] = 'counter';
      draft.managed['likes'] = 'version';
    },
    finding: 'item version is "counter", was "version"',
  },
  {
    name: 'two times are swapped',
    edit: (draft) => {
      draft.managed['createdAt'] = 'updatedAt';
      draft.managed['updatedAt'] = 'createdAt';
    },
    finding: 'item createdAt is "updatedAt", was "createdAt"',
  },
  {
    name: 'a random text gets shorter',
    edit: managed('coupon', { random: 5 }),
    finding: 'item coupon is {"random":5}, was',
  },
  {
    name: 'items expire sooner',
    edit: managed('deletedAt', { expiresAfter: 60 }),
    finding: 'item deletedAt is {"expiresAfter":60}, was',
  },
  {
    name: 'expiry is removed',
    edit: (draft) => delete draft.managed['deletedAt'],
    finding: 'ttl is none, was "deletedAt": stored items do not expire any more',
  },
  {
    name: 'another field has the time of expiry',
    edit: (draft) => {
      delete draft.managed['deletedAt'];
      draft.managed['expiresAt'] = { expiresAfter: 3600 };
    },
    finding: 'ttl is "expiresAt", was "deletedAt": stored items without this time do not expire',
  },
  { name: 'a counter goes down', edit: route(LIKE, { by: -1 }), finding: `${LIKE} increments by -1, was 1` },
  {
    name: 'another counter is incremented',
    edit: (draft) => {
      draft.managed['views'] = 'counter';
      route(LIKE, { field: 'views' })(draft);
    },
    finding: `${LIKE} increments views, was likes`,
  },
  {
    name: 'reads are no longer consistent',
    edit: route(`GET ${ORDER}`, { consistent: false }),
    finding: 'is not consistent any',
  },
  {
    name: 'the operation of a route changes',
    edit: (draft) => (draft.routes[LIKE] = { operation: 'create' }),
    finding: `${LIKE} has the operation "create", was "increment"`,
  },
  {
    name: 'stored texts may be too long',
    edit: field('code', { maxLength: 10 }),
    finding: 'item code has maxLength 10, was 20: stored items may not fit',
  },
  {
    name: 'stored items may have a removed value',
    edit: field('kind', { enum: ['gift'] }),
    finding: 'item kind has the values ["gift"], was ["gift","order"]: stored items may not fit',
  },
  {
    name: 'the key changes',
    edit: (draft) => (draft.key = ['customerId', 'createdAt']),
    finding: 'key is customerId (string), createdAt (string)',
  },
  {
    name: 'the key of an index changes',
    edit: (draft) => (draft.indexes['byStatus'] = { key: ['status', 'updatedAt'] }),
    finding: 'index byStatus is status (string), updatedAt (string)',
  },
  { name: 'an index is removed', edit: (draft) => (draft.indexes = {}), finding: 'index byStatus is gone' },
  {
    name: 'a managed field is added',
    edit: managed('views', 'counter'),
    finding: 'item views is set by the server',
  },
  { name: 'the gateway changes', edit: (draft) => (draft.gateway = 'rest-api'), finding: 'gateway is "rest-api"' },
  {
    name: 'an origin is removed',
    edit: (draft) => (draft.cors = { origins: [] }),
    finding: 'cors does not allow pages',
  },
  // Harmless changes.
  { name: 'nothing changes', edit: () => undefined },
  { name: 'a route is added', edit: (draft) => (draft.routes['GET /all-orders'] = { operation: 'list', scan: true }) },
  { name: 'an optional field is added', edit: (draft) => (draft.item.properties['size'] = { type: 'integer' }) },
  { name: 'maxLength grows', edit: field('code', { maxLength: 30 }) },
  { name: 'maximum grows', edit: field('weight', { maximum: 200 }) },
  { name: 'multipleOf shrinks', edit: field('weight', { multipleOf: 0.25 }) },
  { name: 'a filter is added', edit: route(`GET ${ORDERS}`, { filters: ['status', 'kind'] }) },
  { name: 'a description is added', edit: field('code', { description: 'A code' }) },
  { name: 'a summary changes', edit: route(CREATE, { summary: 'Orders something' }) },
  { name: 'an audience is added', edit: jwt({ audience: ['orders', 'b'] }) },
  { name: 'minLength 0 is added', isDisputed: true, edit: field('note', { minLength: 0 }) },
  { name: 'minItems 0 is added', isDisputed: true, edit: field('tags', { minItems: 0 }) },
  {
    name: 'exclusiveMinimum -1 replaces minimum 0',
    isDisputed: true,
    edit: replace('weight', { ...WEIGHT, exclusiveMinimum: -1 }),
  },
  { name: 'minimum 1 replaces exclusiveMinimum 0', isDisputed: true, edit: replace('count', { ...COUNT, minimum: 1 }) },
  { name: 'minimum 0 replaces exclusiveMinimum 0', isDisputed: true, edit: replace('count', { ...COUNT, minimum: 0 }) },
  {
    name: 'exclusiveMaximum 10 replaces maximum 9',
    isDisputed: true,
    edit: replace('count', { type: 'integer', minimum: 1, exclusiveMaximum: 10 }),
  },
  { name: 'multipleOf 1 is added to integers', isDisputed: true, edit: field('count', { multipleOf: 1 }) },
  {
    name: 'a constant becomes the only value',
    isDisputed: true,
    edit: replace('source', { type: 'string', enum: ['shop'] }),
  },
  { name: 'items expire later', edit: managed('deletedAt', { expiresAfter: 7200 }) },
  { name: 'an index is added', edit: (draft) => (draft.indexes['byKind'] = { key: 'kind' }) },
];
