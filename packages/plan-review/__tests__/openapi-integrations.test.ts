/** Warnings about the integrations of an OpenAPI document, and about a removed document. */
import { changeWarnings } from './support/warnings';

const lambda = (account: string, version: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${account}:function:a:${version}/invocations`;
const before = { uri: lambda('111122223333', '1'), credentials: 'arn:aws:iam::111122223333:role/a' };
const security = [{ jwt: [] }];
const IN_OPERATION = 'x-amazon-apigateway-integration';

const inOperation = (integration: object) => ({
  paths: { '/a': { get: { security, [IN_OPERATION]: integration } } },
});
const SHARED = `${IN_OPERATION}s`;
const shared = (integration: object, name = 'a') => ({
  paths: { '/a': { get: { security, [IN_OPERATION]: { $ref: `#/components/${SHARED}/${name}` } } } },
  components: { [SHARED]: { a: before, [name]: integration } },
});

const warningsOf = (type: string, oldBody: object, newBody: object | null) =>
  changeWarnings(
    type,
    { body: JSON.stringify(oldBody) },
    { body: newBody === null ? null : JSON.stringify(newBody) },
  ).filter((warning) => warning.startsWith('access'));

test('a reference to another shared integration is a warning', () => {
  const evil = { ...before, uri: 'https://evil.example/' };
  const expected = expect.stringMatching(/sends requests to another place in .*evil\.example/) as string;
  expect(warningsOf('aws_apigatewayv2_api', shared(before), shared(evil, 'b'))).toContainEqual(expected);
  expect(warningsOf('aws_apigatewayv2_api', inOperation(before), shared(evil, 'b'))).toContainEqual(expected);
});

test('a reference to a reference is followed', () => {
  const evil = { ...before, uri: 'https://evil.example/' };
  const chained = shared({ $ref: `#/components/${SHARED}/c` }, 'b');
  const document = { ...chained, components: { [SHARED]: { ...chained.components[SHARED], c: evil } } };
  expect(warningsOf('aws_apigatewayv2_api', shared(before), document)).toContainEqual(
    expect.stringMatching(/sends requests to another place in .*evil\.example/),
  );
});

test.each([
  ['nothing', `#/components/${SHARED}/none`],
  ['another document', 'https://evil.example/openapi.json#/a'],
  ['itself', `#/components/${SHARED}/b`],
])('a reference to %s is a warning', (_, $ref) => {
  expect(warningsOf('aws_apigatewayv2_api', inOperation(before), shared({ $ref }, 'b'))).toContainEqual(
    expect.stringMatching(/has an integration in .* with a `\$ref` that names nothing/),
  );
});

describe.each([
  ['an operation', 'aws_api_gateway_rest_api', inOperation],
  ['the shared parts', 'aws_apigatewayv2_api', shared],
])('in %s', (_, type, documentWith) => {
  test.each([
    [
      { uri: 'https://evil.example/' },
      /sends requests to another place in .*: `https:\/\/evil\.example\/` instead of `arn/,
    ],
    [{ uri: lambda('444455556666', '1') }, /sends requests to another place/],
    [{ credentials: 'arn:aws:iam::111122223333:role/admin' }, /uses another role in .*role\/admin` instead of/],
  ])('another integration is a warning: %j', (more, expected) => {
    expect(warningsOf(type, documentWith(before), documentWith({ ...before, ...more }))).toContainEqual(
      expect.stringMatching(expected),
    );
  });

  test.each([[{ uri: lambda('111122223333', '2') }], [{ timeoutInMillis: 1000 }], [{ credentials: null }]])(
    'an ordinary change is no warning: %j',
    (more) => {
      expect(warningsOf(type, documentWith(before), documentWith({ ...before, ...more }))).toEqual([]);
    },
  );

  test('a removed document is a warning', () => {
    expect(warningsOf(type, documentWith(before), null)).toEqual([
      expect.stringMatching(/^access: loses its OpenAPI document/),
    ]);
  });
});

test('a new operation has its own warnings', () => {
  expect(warningsOf('aws_apigatewayv2_api', { paths: {} }, inOperation(before))).toEqual([]);
});
