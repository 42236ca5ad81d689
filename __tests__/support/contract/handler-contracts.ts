/** Contracts with handlers. No test runs their handlers. */
import { defineApi } from '../../../function/contract/api';

/** Links that a handler follows. They have no version. */
export const shortLinks = defineApi({
  name: 'short-links',
  gateway: 'http-api',
  key: 'code',
  item: {
    type: 'object',
    required: ['url'],
    properties: { url: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2000 } },
  },
  managed: { code: { random: 7 }, createdAt: 'createdAt', expiresAt: { expiresAfter: 2_592_000 } },
  routes: {
    'POST /links': { operation: 'create' },
    'GET /{code}': {
      handler: 'follow',
      actions: ['dynamodb:GetItem'],
      responses: { 301: { description: 'Goes there' }, 404: { description: 'No such link' } },
    },
  },
});

/** A REST API with an authorizer function, an API key and signatures. Comments expire, and their paths begin with the post. */
export const comments = defineApi({
  name: 'comments',
  gateway: 'rest-api',
  key: 'id',
  item: {
    type: 'object',
    required: ['postId', 'text'],
    properties: {
      postId: { type: 'string', minLength: 1, maxLength: 64 },
      text: { type: 'string', maxLength: 2000 },
      until: { type: 'string', format: 'date-time' },
    },
  },
  managed: { id: 'uuid', createdAt: 'createdAt' },
  indexes: { byPost: { key: ['postId', 'createdAt'] } },
  ttl: 'until',
  auth: {
    default: { authorizer: 'gate' },
    authorizers: { gate: { entry: 'function/gate/index.ts', header: 'x-gate', cacheSeconds: 0 } },
  },
  routes: {
    'POST /posts/{postId}/comments': { operation: 'create' },
    'GET /posts/{postId}/comments': { operation: 'list', index: 'byPost', auth: 'apiKey' },
    'DELETE /comments/{id}': { operation: 'delete', auth: 'iam' },
    'POST /comments/{id}/reports': {
      handler: 'report',
      table: ['get', 'update'],
      query: { loud: { type: 'boolean' } },
      body: { type: 'object', properties: { reason: { type: 'string', maxLength: 500 } } },
      responses: { 204: { description: 'Reported' }, 409: { description: 'Was reported', body: { type: 'string' } } },
    },
    'POST /imports': { handler: 'load', body: 'raw', responses: { 202: { description: 'Accepted' } } },
  },
});
