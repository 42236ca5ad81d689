/** Changes that break callers, and that OpenAPI documents show. */
import { type Change, CREATE, field, jwt, line, ORDER, ORDERS, replace, route } from './draft';

export const DOCUMENT_CHANGES: readonly Change[] = [
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
];
