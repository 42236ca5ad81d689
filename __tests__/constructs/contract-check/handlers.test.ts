/** Faults of routes with handlers. */
import { todos } from '../../support/contract/contracts';
import { shortLinks } from '../../support/contract/handler-contracts';
import { ofRoute } from './faults';

describe('a faulty handler is refused', () => {
  const handler = { handler: 'look', responses: { 200: { description: 'OK' } } };
  test.each<[unknown, string]>([
    [
      { ...handler, handler: 'a b' },
      'route.handler must be the name of a JavaScript function, such as sendMail, but was the string "a b"',
    ],
    [
      { ...handler, handler: () => undefined },
      'route.handler must be the name of a JavaScript function, such as sendMail, but was a function',
    ],
    [{ ...handler, handler: 'follow' }, 'route.handler is follow, as in GET /{code}; give each route its own handler'],
    [
      { ...handler, tables: [] },
      expect.stringMatching(
        /^route.tables is not a keyword of a route with a handler; .* Did you mean table\?$/,
      ) as string,
    ],
    [
      { ...handler, table: ['getItem'] },
      'route.table[0] must be one of get, query, scan, put, update, delete, but was the string "getItem"',
    ],
    [
      { ...handler, table: 'get' },
      'route.table must be an array of get, query, scan, put, update, delete, but was the string "get"',
    ],
    [
      { ...handler, actions: ['dynamodb:*'] },
      'route.actions[0] must be one DynamoDB action without a wildcard, such as dynamodb:GetItem, but was the string "dynamodb:*"',
    ],
    [
      { ...handler, actions: ['s3:GetObject'] },
      expect.stringMatching(/^route.actions\[0\] must be one DynamoDB action/) as string,
    ],
    [
      { ...handler, query: { a: { type: 'array', items: { type: 'integer' } } } },
      'route.query.a is not a string, number, integer or boolean; a query parameter is a text',
    ],
    [
      { ...handler, query: { a: 'string' } },
      `route.query.a must be a schema such as { type: 'string' }, but was the string "string"`,
    ],
    [{ ...handler, body: 'raw' }, 'route.body is not possible: a GET request has no body'],
    [
      { handler: 'look' },
      "route.responses is missing; it must be an object of answers by their status, such as { 200: { description: 'Done' } }",
    ],
    [{ handler: 'look', responses: {} }, 'route.responses is empty; name each status that the handler answers with'],
    [
      { handler: 'look', responses: { 99: { description: 'x' } } },
      'route.responses["99"] is not a status from 200 to 599',
    ],
    [
      { handler: 'look', responses: { default: { description: 'x' } } },
      'route.responses.default is not a status from 200 to 599',
    ],
    [
      { handler: 'look', responses: { 200: 'OK' } },
      `route.responses["200"] must be an answer, such as { description: 'Done' }, but was the string "OK"`,
    ],
    [{ handler: 'look', responses: { 200: {} } }, 'route.responses["200"].description is missing; it must be a text'],
    [
      { handler: 'look', responses: { 204: { description: 'x', body: { type: 'string' } } } },
      'route.responses["204"].body is not possible: an answer with the status 204 has no body',
    ],
    [
      { handler: 'look', responses: { 200: { description: 'x', body: { type: 'strin' } } } },
      expect.stringMatching(/^route.responses\["200"\].body.type is the string "strin"/) as string,
    ],
  ])('%p', (route, fault) => {
    expect(ofRoute(shortLinks, 'GET ~links~{code}', route)).toEqual([fault]);
  });

  test.each<[unknown, string]>([
    ['text', `route.body must be 'raw', or the schema of an object, but was the string "text"`],
    [{ type: 'string' }, 'route.body.type must be the string "object", but was the string "string"'],
  ])('with the body %p', (body, fault) => {
    expect(ofRoute(shortLinks, 'POST ~x', { ...handler, body })).toEqual([fault]);
  });
});

test.each<[Record<string, unknown>, string]>([
  [
    { actions: ['dynamodb:GetItemz'] },
    'route.actions[0] is dynamodb:GetItemz, which is no action on a DynamoDB table; name an action of IAM, such as dynamodb:GetItem. Did you mean dynamodb:GetItem?',
  ],
  [{ actions: ['dynamodb:GetItem', 'dynamodb:GetItem'] }, 'route.actions[1] is dynamodb:GetItem, which appears twice'],
  [{ table: ['get', 'put', 'get'] }, 'route.table[2] is get, which appears twice'],
])('a faulty list of a handler is refused: %j', (lists, fault) => {
  const handler = { handler: 'x', responses: { 200: { description: 'OK' } }, ...lists };
  expect(ofRoute(todos, 'GET ~x', handler)).toEqual([fault]);
});
