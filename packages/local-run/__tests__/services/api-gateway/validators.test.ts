/** Models of request bodies: JSON Schema draft 4, whose exclusive bounds are booleans. */
import { RequestValidators } from '../../../src/services/api-gateway/rest-api/validators';

function isViolated(schema: object, body: unknown, definitions = {}): boolean {
  const route = {
    ...{ routeKey: 'PUT /a', functionArn: '', timeoutMs: 1, permitted: true, resourceId: 'r', apiKeyRequired: false },
    bodySchema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      definitions,
      properties: { price: schema },
    },
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

test('a model can refer to a definition with an id, which has definitions of its own', () => {
  const url = 'https://apigateway.amazonaws.com/restapis/abcdef1234/models/Toy';
  const toy = { $id: url, properties: { size: { $ref: '#/definitions/Size' } }, definitions: { Size: { minimum: 1 } } };
  expect([0, 1].map((size) => isViolated({ $ref: url }, { size }, { [url]: toy }))).toEqual([true, false]);
});

test.each([
  ['the id of draft 4', { id: 'http://example.com/price', type: 'number' }],
  ['nullable', { nullable: true }],
])('%s is no keyword', (_name, schema) => {
  expect(isViolated(schema, 1)).toBe(false);
});
