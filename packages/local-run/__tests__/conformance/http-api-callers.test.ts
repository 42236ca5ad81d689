/** The conformance suite of the authorizers of HTTP APIs. docs/conformance.md says how to run it against AWS or an emulator. */
import { APIGatewayProxyEventV2Schema } from '@aws-lambda-powertools/parser/schemas/api-gatewayv2';
import { AUTHORIZER_CACHES, AUTHORIZER_EVENTS, POLICIES, SIMPLE_RESPONSES } from './http-api/authorizers';
import { CORS_WITH_AUTHORIZERS } from './http-api/cors';
import { IAM } from './http-api/iam';
import { JWT } from './http-api/jwt';
import { runSuite } from './support/suite';

runSuite({
  name: 'Callers of an HTTP API',
  fixture: 'http-api-callers',
  schema: APIGatewayProxyEventV2Schema,
  urlOf: (outputs) => outputs['url'] ?? '',
  topics: {
    'JWT authorizers': JWT,
    'Lambda authorizers, simple responses': SIMPLE_RESPONSES,
    'Lambda authorizers, policies': POLICIES,
    'Lambda authorizers, events': AUTHORIZER_EVENTS,
    'Lambda authorizers, caches': AUTHORIZER_CACHES,
    IAM,
    'authorizers and CORS': CORS_WITH_AUTHORIZERS,
  },
});
