/** The conformance suite of REST APIs. docs/conformance.md says how to run it against AWS or an emulator. */
import { APIGatewayProxyEventSchema } from '@aws-lambda-powertools/parser/schemas/api-gateway';
import { ERRORS, KEYS, LIMITS, THROTTLES, VALIDATION } from './rest-api/errors';
import { BODIES, EVENT, PATHS } from './rest-api/event';
import { MALFORMED, RESULTS } from './rest-api/results';
import { ROUTES, STAGES } from './rest-api/routes';
import { runSuite } from './support/suite';

runSuite({
  name: 'REST API',
  fixture: 'rest-api',
  schema: APIGatewayProxyEventSchema,
  urlOf: (outputs) => outputs['url'] ?? '',
  topics: {
    event: EVENT,
    paths: PATHS,
    bodies: BODIES,
    routes: ROUTES,
    stages: STAGES,
    results: RESULTS,
    'malformed results': MALFORMED,
    errors: ERRORS,
    'API keys': KEYS,
    'request validation': VALIDATION,
    limits: LIMITS,
    throttles: THROTTLES,
  },
});
