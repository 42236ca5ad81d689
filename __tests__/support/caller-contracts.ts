/** Contracts whose callers are checked by authorizer functions, by Amazon Cognito and by IAM, and REST APIs with CORS. */
import { defineApi } from '../../function/contract/api';

const ITEM = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', maxLength: 200 } },
} as const;

/** An HTTP API with an authorizer function. Each caller has own items. */
export const desks = defineApi({
  name: 'desks',
  gateway: 'http-api',
  key: ['owner', 'deskId'],
  item: ITEM,
  managed: { owner: { claim: 'sub' }, deskId: 'uuid', version: 'version' },
  auth: {
    default: { authorizer: 'gate' },
    authorizers: { gate: { entry: '__tests__/support/gates/http.ts', header: 'x-session' } },
  },
  routes: {
    'POST /desks': { operation: 'create' },
    'GET /desks': { operation: 'list' },
    'GET /desks/{deskId}': { operation: 'read' },
  },
});

/** A REST API with an authorizer function and CORS for two origins. */
export const rooms = defineApi({
  name: 'rooms',
  gateway: 'rest-api',
  key: ['owner', 'roomId'],
  item: ITEM,
  managed: { owner: { claim: 'sub' }, roomId: 'uuid', version: 'version' },
  auth: {
    default: { authorizer: 'gate' },
    authorizers: { gate: { entry: '__tests__/support/gates/rest.ts', header: 'X-Session', cacheSeconds: 60 } },
  },
  cors: { origins: ['https://rooms.example.com', 'http://localhost:5173'], credentials: true, maxAgeSeconds: 600 },
  routes: {
    'POST /rooms': { operation: 'create' },
    'GET /rooms': { operation: 'list' },
    'GET /rooms/{roomId}': { operation: 'read' },
    'DELETE /rooms/{roomId}': { operation: 'delete' },
  },
});

/** A REST API with tokens of Amazon Cognito, and CORS for one origin. */
export const diaries = defineApi({
  name: 'diaries',
  gateway: 'rest-api',
  key: ['owner', 'dayId'],
  item: ITEM,
  managed: { owner: { claim: 'sub' }, dayId: 'uuid', version: 'version' },
  auth: {
    default: 'cognito',
    cognito: { userPoolArns: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI'] },
  },
  cors: { origins: ['https://diaries.example.com'], credentials: true },
  routes: {
    'POST /diaries': { operation: 'create' },
    'GET /diaries/{dayId}': { operation: 'read' },
    'DELETE /diaries/{dayId}': { operation: 'delete', auth: { cognito: ['diaries/delete', 'diaries/admin'] } },
  },
});

/** An HTTP API whose callers sign their requests. */
export const ledgers = defineApi({
  name: 'ledgers',
  gateway: 'http-api',
  key: 'entryId',
  item: ITEM,
  managed: { entryId: 'uuid', version: 'version' },
  auth: { default: 'iam' },
  routes: {
    'POST /ledgers': { operation: 'create' },
    'GET /ledgers/{entryId}': { operation: 'read' },
  },
});

/** A REST API whose callers sign their requests, except for a route with an API key. */
export const meters = defineApi({
  name: 'meters',
  gateway: 'rest-api',
  key: 'meterId',
  item: ITEM,
  managed: { meterId: 'uuid', version: 'version' },
  auth: { default: 'iam' },
  routes: {
    'POST /meters': { operation: 'create' },
    'GET /meters/{meterId}': { operation: 'read', auth: 'apiKey' },
  },
});
