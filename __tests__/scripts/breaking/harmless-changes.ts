/** Changes that break neither callers nor stored items. */
import { type Change, COUNT, CREATE, field, jwt, managed, ORDERS, replace, route, WEIGHT } from './draft';

export const HARMLESS_CHANGES: readonly Change[] = [
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
