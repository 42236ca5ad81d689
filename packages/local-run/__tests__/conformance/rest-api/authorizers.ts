/** Lambda authorizers of a REST API. The caller's header x-auth is an order to the authorizer's function. */
import type { Case, Expected } from '../support/case';
import {
  ACCESS_DENIED,
  AUTHORIZER_ERROR,
  POWERTOOLS_V1_AUTHORIZED,
  POWERTOOLS_V1_REQUEST,
  POWERTOOLS_V1_TOKEN,
  REST_AUTHORIZER_OUTPUT,
  REST_AUTHORIZERS,
} from '../support/sources';

const UNAUTHORIZED = {
  status: 401,
  json: { message: 'Unauthorized' },
  headers: { 'x-amzn-errortype': 'UnauthorizedException', 'www-authenticate': null },
};

/** The beginning of the message is the same with and without an explicit deny. */
const denied = (message: RegExp) => ({
  status: 403,
  json: { Message: expect.stringMatching(message) as unknown },
  headers: { 'x-amzn-errortype': 'AccessDeniedException' },
});
const EXPLICITLY_DENIED = denied(/^User is not authorized to access this resource with an explicit deny/);
const NOT_ALLOWED = denied(/^User is not authorized to access this resource$/);

const FAILED = {
  status: 500,
  json: { message: null },
  headers: { 'x-amzn-errortype': 'AuthorizerConfigurationException' },
};

const call = (
  title: string,
  path: string,
  order: string | undefined,
  expected: Expected,
  source = REST_AUTHORIZERS,
  method = 'GET',
): Case => ({
  title,
  source,
  api: 'callers',
  request: { method, path, headers: order === undefined ? [] : [['x-auth', order]] },
  expected,
});

const authorized = (authorizer: object): Expected => ({ status: 200, event: { requestContext: { authorizer } } });

export const TOKEN_AUTHORIZERS: readonly Case[] = [
  call('a policy that allows the method lets the caller in', '/token', 'allow', { status: 200 }),
  call('an explicit deny is 403', '/token', 'deny', EXPLICITLY_DENIED, ACCESS_DENIED),
  call('a policy for another method is 403', '/token', 'none', NOT_ALLOWED, ACCESS_DENIED),
  call('a policy with wildcards lets the caller in', '/token', 'pattern', { status: 200 }),
  call('the error Unauthorized is 401', '/token', 'unauthorized', UNAUTHORIZED),
  call('another error is 500', '/token', 'throw', FAILED, AUTHORIZER_ERROR),
  call('a malformed policy is 500', '/token', 'malformed', FAILED, AUTHORIZER_ERROR),
  call('a policy without a principal is 500', '/token', 'anonymous', FAILED, AUTHORIZER_ERROR),
  call('a nested context is 500', '/token', 'nested', FAILED, REST_AUTHORIZER_OUTPUT),
  call('an authorizer that API Gateway may not invoke is 500', '/locked', 'allow', FAILED, AUTHORIZER_ERROR),
  call('a request without the header is 401', '/token', undefined, UNAUTHORIZED),
  call('a request with an empty header is 401', '/token', '', UNAUTHORIZED),
  call('a token that matches the validation expression reaches the authorizer', '/pattern', 'allow-1', { status: 200 }),
  call('a token that does not match the validation expression is 401', '/pattern', 'allow', UNAUTHORIZED),
  call('a part that matches the validation expression is not enough', '/pattern', 'allow-1 and more', UNAUTHORIZED),
  call(
    'the event has the principal and the context as text',
    '/token',
    'allow',
    authorized({
      principalId: 'user',
      order: 'allow',
      flag: 'true',
      integrationLatency: expect.any(Number) as unknown,
    }),
    POWERTOOLS_V1_AUTHORIZED,
  ),
];

export const REQUEST_AUTHORIZERS: readonly Case[] = [
  call('a policy that allows the method lets the caller in', '/request/7', 'allow', { status: 200 }, undefined, 'POST'),
  call('an explicit deny is 403', '/request/7', 'deny', EXPLICITLY_DENIED, ACCESS_DENIED, 'POST'),
  call('a request without the identity source is 401', '/request/7', undefined, UNAUTHORIZED, undefined, 'POST'),
  call('a request with one of two identity sources is 401', '/two', 'allow', UNAUTHORIZED),
  call('a request with both identity sources reaches the authorizer', '/two?user=ada', 'allow', { status: 200 }),
];

/** The context contains the event of the authorizer as text. */
const authorizerEvent = (...fields: readonly string[]): Expected =>
  authorized({ event: expect.stringMatching(new RegExp(fields.map((field) => `(?=.*${field})`).join(''))) as unknown });

export const AUTHORIZER_EVENTS: readonly Case[] = [
  call(
    'the event of a TOKEN authorizer has type, token and method ARN',
    '/token',
    'allow',
    authorizerEvent(
      ...['"type":"TOKEN"', '"authorizationToken":"allow"', '"methodArn":"arn:aws:execute-api:[^"]*/test/GET/token"'],
    ),
    POWERTOOLS_V1_TOKEN,
  ),
  call(
    'the event of a REQUEST authorizer has the request, and empty objects for what is absent',
    '/request/7?x=1&x=2',
    'allow',
    authorizerEvent(
      ...['"type":"REQUEST"', '"methodArn":"arn:aws:execute-api:[^"]*/test/POST/request/7"', '"httpMethod":"POST"'],
      ...['"resource":"/request/\\{id\\}"', '"path":"/request/7"', '"pathParameters":\\{"id":"7"\\}'],
      ...['"multiValueQueryStringParameters":\\{"x":\\["1","2"\\]\\}', '"stageVariables":\\{\\}'],
      ...['"resourcePath":"/request/\\{id\\}"', '"stage":"test"'],
    ),
    POWERTOOLS_V1_REQUEST,
    'POST',
  ),
];

/** Each order is used only here: its first request fills the cache. */
export const CACHES: readonly Case[] = [
  call('the first request invokes the authorizer', '/cached', 'this-path', { status: 200 }),
  call('a cached policy has no latency', '/cached', 'this-path', authorized({ integrationLatency: 0 })),
  call('a cached policy denies another method', '/cached/7', 'this-path', NOT_ALLOWED, ACCESS_DENIED),
  call('an error is not cached', '/cached', 'throw', FAILED, AUTHORIZER_ERROR),
];
