/** A contract, and functions that change a copy of it. */
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

export const ORDERS = '/customers/{customerId}/orders';
export const ORDER = `${ORDERS}/{orderId}`;
export const CREATE = `POST ${ORDERS}`;
export const LIKE = `POST ${ORDER}/likes`;

export const field = (name: string, rules: Record<string, unknown>) => (draft: Draft) => {
  Object.assign((draft.item.properties[name] ??= {}), rules);
};
export const route = (routeKey: string, rules: Record<string, unknown>) => (draft: Draft) => {
  Object.assign((draft.routes[routeKey] ??= {}), rules);
};
export const line = (
  edit: (items: { properties: Record<string, Record<string, unknown>>; required: string[] }) => void,
) => {
  return (draft: Draft) => {
    edit(
      draft.item.properties['lines']?.['items'] as {
        properties: Record<string, Record<string, unknown>>;
        required: string[];
      },
    );
  };
};

export const jwt = (rules: object) => (draft: Draft) => {
  draft.auth = { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['orders'], ...rules } };
};
/** Replaces the rules of a field. */
export const replace = (name: string, rules: Record<string, unknown>) => (draft: Draft) => {
  draft.item.properties[name] = rules;
};
export const managed = (name: string, how: unknown) => (draft: Draft) => {
  draft.managed[name] = how;
};

export const WEIGHT = { type: 'number', maximum: 100, multipleOf: 0.5 };
export const COUNT = { type: 'integer', maximum: 9 };
