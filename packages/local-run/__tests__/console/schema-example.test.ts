/** Examples of bodies that are made from schemas. */
import Ajv from 'ajv';
import type { ApiDeployment, RouteDeployment } from '../../src/model/deployment';
import { schemaBody } from '../../src/console/schema-body';
import { exampleOf } from '../../src/console/schema-example';
import { deploymentWith } from '../support/console';

const make = (schema: object, root: object = schema) =>
  exampleOf(schema as Record<string, unknown>, root as Record<string, unknown>);

test.each<[string, object, unknown]>([
  ['the example of the schema', { type: 'string', example: 'tea', default: 'x' }, 'tea'],
  ['the first of several examples', { type: 'string', examples: ['a', 'b'] }, 'a'],
  ['the default', { type: 'integer', default: 0 }, 0],
  ['the first value of an enum', { enum: ['s', 'm'] }, 's'],
  ['a constant', { const: 7 }, 7],
  ['a number within its limits', { type: 'number', exclusiveMinimum: 4, maximum: 10 }, 5],
  ['a multiple', { type: 'integer', minimum: 11, multipleOf: 5 }, 15],
  ['a text of the format', { type: 'string', format: 'date' }, '2030-01-31'],
  ['a text of the length', { type: 'string', minLength: 6 }, 'textxx'],
  ['the first type that is not null', { type: ['null', 'boolean'] }, true],
  ['as many elements as the list needs', { type: 'array', items: { type: 'string' }, minItems: 2 }, ['text', 'text']],
  [
    'the required properties only',
    { properties: { a: { type: 'integer' }, b: { type: 'string' } }, required: ['a'] },
    { a: 1 },
  ],
  ['all properties when none is required', { type: 'object', properties: { a: { type: 'string' } } }, { a: 'text' }],
  ['no property that only responses have', { properties: { id: { type: 'string', readOnly: true } } }, {}],
])('is %s', (_, schema, value) => {
  expect(make(schema)).toEqual(value);
});

test('follows references, combines schemas, and ends at a schema within itself', () => {
  const node = {
    allOf: [{ $ref: '#/definitions/named' }, { properties: { child: { $ref: '#/definitions/node' } } }],
    required: ['child'],
  };
  const named = {
    type: 'object',
    properties: { 'a/b': { oneOf: [{ type: 'integer' }, { type: 'string' }] } },
    required: ['a/b'],
  };
  const made = make({ $ref: '#/definitions/node' }, { definitions: { node, named } });
  expect(made).toMatchObject({ 'a/b': 1, child: { 'a/b': 1 } });
  expect(make({ $ref: '#/none' })).toEqual({});
  expect(make({ $ref: '#' })).toBeUndefined();
});

test('fits the schema', () => {
  const schema = {
    type: 'object',
    required: ['name', 'price', 'lines', 'at'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 3, maxLength: 5 },
      price: { type: 'number', minimum: 0.5, maximum: 0.7 },
      at: { type: 'string' },
      lines: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['sku'], properties: { sku: { enum: ['A-1'] } } },
      },
    },
  };
  expect(new Ajv().validate(schema, make(schema))).toBe(true);
});

describe('the body of a route', () => {
  const [rest] = deploymentWith().apis as [ApiDeployment];
  const route = { routeKey: 'POST /x/{id}', functionArn: '', timeoutMs: 1, permitted: true };
  const documentOf = (content: object) =>
    JSON.stringify({
      paths: { '/x/{id}': { post: { requestBody: { content } } } },
      components: { schemas: { X: { type: 'string' } } },
    });
  const bodyOf = (content: object, more: Partial<RouteDeployment> = {}) =>
    schemaBody({ ...route, ...more }, { ...rest, openApi: documentOf(content) });

  test('is the example of its operation, or a value of its schema', () => {
    expect(bodyOf({ 'application/json': { example: { a: 1 } } })).toEqual({ a: 1 });
    expect(bodyOf({ 'application/merge-patch+json': { examples: { one: { value: 2 } } } })).toBe(2);
    expect(bodyOf({ 'application/json': { schema: { $ref: '#/components/schemas/X' } } })).toBe('text');
  });

  test('is missing without a JSON schema, and for methods without a body', () => {
    expect(bodyOf({ 'text/plain': { example: 'a' } })).toBeUndefined();
    expect(bodyOf({ 'application/json': { example: 1 } }, { routeKey: 'GET /x/{id}' })).toBeUndefined();
    expect(schemaBody(route, rest)).toBeUndefined();
  });

  test('fits the model of a method of a REST API', () => {
    const bodySchema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    expect(schemaBody({ ...route, bodySchema } as RouteDeployment, rest)).toEqual({ n: 1 });
  });
});
