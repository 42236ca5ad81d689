/** Two APIs that have each kind of auth, one a route, and CORS. The suite adds them to its copy of the project. */
import { defineApi } from '../../../../function/contract/api';

/** The id of the Cognito user pool, and of its app client whose tokens the APIs accept. The suite creates both before the synth. */
const { E2E_USER_POOL: userPool = 'us-east-1_none', E2E_CLIENT: client = 'none' } = process.env;

const ITEM = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', maxLength: 200 } },
} as const;

/** The only origin whose pages may call the APIs. */
const CORS = { origins: ['https://app.example.com'] } as const;

/** An HTTP API. The throttle makes settings of a route, which outlive the route on AWS. */
export const doors = defineApi({
  name: 'doors',
  gateway: 'http-api',
  key: 'doorId',
  item: ITEM,
  managed: { doorId: 'uuid' },
  auth: {
    default: 'jwt',
    jwt: { issuer: `https://cognito-idp.us-east-1.amazonaws.com/${userPool}`, audience: [client] },
    authorizers: { gate: { entry: '__tests__/support/gates/http.ts', header: 'x-session' } },
  },
  cors: CORS,
  routes: {
    'GET /doors': { operation: 'list', scan: true, throttle: { rate: 100, burst: 50 } },
    'POST /doors': { operation: 'create', auth: { jwt: ['e2e/write'] } },
    'GET /doors/{doorId}': { operation: 'read', auth: { authorizer: 'gate' } },
    'DELETE /doors/{doorId}': { operation: 'delete', auth: 'iam' },
  },
});

/** A REST API. */
export const vaults = defineApi({
  name: 'vaults',
  gateway: 'rest-api',
  key: 'vaultId',
  item: ITEM,
  managed: { vaultId: 'uuid' },
  auth: {
    default: 'apiKey',
    cognito: { userPoolArns: [`arn:aws:cognito-idp:us-east-1:000000000000:userpool/${userPool}`] },
    // MiniStack does not know all identity sources of the cache.
    authorizers: { gate: { entry: '__tests__/support/gates/rest.ts', header: 'x-session', cacheSeconds: 0 } },
  },
  cors: CORS,
  routes: {
    'GET /vaults': { operation: 'list', scan: true },
    'POST /vaults': { operation: 'create', auth: { cognito: ['e2e/write'] } },
    'GET /vaults/{vaultId}': { operation: 'read', auth: { authorizer: 'gate' } },
    'DELETE /vaults/{vaultId}': { operation: 'delete', auth: 'iam' },
  },
});
