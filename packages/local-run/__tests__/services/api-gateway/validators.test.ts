/** Models of request bodies: JSON Schema draft 4, whose exclusive bounds are booleans. */
import { RequestValidators } from '../../../src/services/api-gateway/rest-api/validators';

function isViolated(schema: object, body: unknown): boolean {
  const route = {
    ...{ routeKey: 'PUT /a', functionArn: '', timeoutMs: 1, permitted: true, resourceId: 'r', apiKeyRequired: false },
    bodySchema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', properties: { price: schema } },
  };
  return new RequestValidators([route]).isViolated(route, {
    ...{ method: 'PUT', rawPath: '/a', rawQuery: '', rawHeaders: [], isBodyTooLarge: false, sourceIp: '', port: 3000 },
    ...{ protocol: '', requestId: '', traceId: '', time: new Date() },
    body: Buffer.from(JSON.stringify({ price: body })),
  });
}

test.each([
  [{ minimum: 1 }, 1, false],
  [{ minimum: 1, exclusiveMinimum: false }, 1, false],
  [{ minimum: 1, exclusiveMinimum: true }, 1, true],
  [{ minimum: 1, exclusiveMinimum: true }, 1.5, false],
  [{ type: 'array', items: { maximum: 2, exclusiveMaximum: true } }, [1, 2], true],
  [{ type: 'array', items: { maximum: 2, exclusiveMaximum: true } }, [1], false],
])('a model with %j refuses %j: %s', (schema, value, expected) => {
  expect(isViolated(schema, value)).toBe(expected);
});
