/** The conformance suite of HTTP APIs. docs/conformance.md says how to run it against AWS or an emulator. */
import { APIGatewayProxyEventV2Schema } from '@aws-lambda-powertools/parser/schemas/api-gatewayv2';
import { BODIES } from './http-api/bodies';
import { CORS } from './http-api/cors';
import { ERRORS, LIMITS, THROTTLES } from './http-api/errors';
import { EVENT } from './http-api/event';
import { PATHS_AS_SEEN } from './http-api/paths';
import { MALFORMED, RESULTS } from './http-api/results';
import { ROUTES } from './http-api/routes';
import { runSuite } from './support/suite';

runSuite({
  name: 'HTTP API',
  fixture: 'http-api',
  schema: APIGatewayProxyEventV2Schema,
  urlOf: (outputs, api = 'main') => outputs[`${api}_url`] ?? '',
  topics: {
    event: EVENT,
    paths: PATHS_AS_SEEN,
    bodies: BODIES,
    routes: ROUTES,
    results: RESULTS,
    'malformed results': MALFORMED,
    CORS,
    errors: ERRORS,
    limits: LIMITS,
    throttles: THROTTLES,
  },
});
