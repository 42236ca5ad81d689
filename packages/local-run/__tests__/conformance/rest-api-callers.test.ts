/** The conformance suite of authorizers and CORS of REST APIs. docs/conformance.md says how to run it against AWS or an emulator. */
import { APIGatewayProxyEventSchema } from '@aws-lambda-powertools/parser/schemas/api-gateway';
import { AUTHORIZER_EVENTS, CACHES, REQUEST_AUTHORIZERS, TOKEN_AUTHORIZERS } from './rest-api/authorizers';
import { COGNITO } from './rest-api/cognito';
import { GATEWAY_RESPONSES, MOCKS } from './rest-api/cors';
import { IAM } from './rest-api/iam';
import { runSuite } from './support/suite';

runSuite({
  name: 'Callers of a REST API',
  fixture: 'rest-api-callers',
  schema: APIGatewayProxyEventSchema,
  urlOf: (outputs, api) => outputs[`${api}_url`] ?? '',
  topics: {
    'Lambda authorizers, TOKEN': TOKEN_AUTHORIZERS,
    'Lambda authorizers, REQUEST': REQUEST_AUTHORIZERS,
    'Lambda authorizers, events': AUTHORIZER_EVENTS,
    'Lambda authorizers, caches': CACHES,
    'Cognito authorizers': COGNITO,
    IAM,
    'MOCK integrations and CORS': MOCKS,
    'gateway responses': GATEWAY_RESPONSES,
  },
});
