/** Changes that break callers or stored items, and that OpenAPI documents do not show. */
import { type Change, field, LIKE, managed, ORDER, route } from './draft';

export const CONTRACT_CHANGES: readonly Change[] = [
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
];
