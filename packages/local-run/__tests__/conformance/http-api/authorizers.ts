/** Lambda authorizers of an HTTP API. The caller's header x-auth is an order to the authorizer's function. */
import type { Case, Expected } from '../support/case';
import { HTTP_AUTHORIZERS, POWERTOOLS_V2_AUTHORIZED, POWERTOOLS_V2_AUTHORIZER } from '../support/sources';

const UNAUTHORIZED = { status: 401, json: { message: 'Unauthorized' } };
const FORBIDDEN = { status: 403, json: { message: 'Forbidden' } };
const FAILED = { status: 500, json: { message: 'Internal Server Error' } };

const call = (
  title: string,
  path: string,
  order: string | undefined,
  expected: Expected,
  source = HTTP_AUTHORIZERS,
) => ({
  title,
  source,
  request: { path, headers: order === undefined ? [] : ([['x-auth', order]] as const) },
  expected,
});

const authorized = (context: unknown): Expected => ({
  status: 200,
  event: { requestContext: { authorizer: { lambda: context } } },
});

/** The context contains the event of the authorizer as text. */
const authorizerEvent = (...fields: readonly string[]): Expected =>
  authorized({ event: expect.stringMatching(new RegExp(fields.map((field) => `(?=.*${field})`).join(''))) as unknown });

export const SIMPLE_RESPONSES: readonly Case[] = [
  call('isAuthorized true lets the caller in', '/simple/a', 'allow', { status: 200 }),
  call('isAuthorized false is 403', '/simple/a', 'deny', FORBIDDEN),
  call(
    'the context keeps its types',
    '/simple/a',
    'allow',
    authorized({ flag: true, list: [1, 'two'], map: { inner: true } }),
  ),
  call('a request without the identity source is 401', '/simple/a', undefined, UNAUTHORIZED),
  call('a request with an empty identity source is 401', '/simple/a', '', UNAUTHORIZED),
  call('a request with one of two identity sources is 401', '/two/a', 'allow', UNAUTHORIZED),
  call('a request with both identity sources reaches the authorizer', '/two/a?user=ada', 'deny', FORBIDDEN),
  call('an authorizer without identity sources decides about every request', '/open/a?auth=deny', undefined, FORBIDDEN),
  call('an authorizer that throws is 500', '/simple/a', 'throw', FAILED),
  call('a malformed result is 500', '/simple/a', 'malformed', FAILED),
  call('an authorizer that API Gateway may not invoke is 500', '/locked/a', 'allow', FAILED),
];

export const POLICIES: readonly Case[] = [
  call('a policy that allows the route lets the caller in', '/policy/a', 'allow', { status: 200 }),
  call('a policy that denies the route is 403', '/policy/a', 'deny', FORBIDDEN),
  call('a policy for another route is 403', '/policy/a', 'none', FORBIDDEN),
  call('a policy with wildcards lets the caller in', '/policy/a/b', 'pattern', { status: 200 }),
  call(
    'the context of a policy reaches the function',
    '/policy/a',
    'allow',
    authorized({ order: 'allow', flag: true }),
  ),
  call(
    'without a context, the context is null',
    '/policy/a',
    'allow-plain',
    authorized(null),
    POWERTOOLS_V2_AUTHORIZED,
  ),
  call('a policy without a principal is 500', '/policy/a', 'anonymous', FAILED),
  call('a malformed policy is 500', '/policy/a', 'malformed', FAILED),
  call('payload format 1.0 has policies too', '/v1/a', 'allow', { status: 200 }),
  call('payload format 1.0: a policy that denies the route is 403', '/v1/a', 'deny', FORBIDDEN),
];

export const AUTHORIZER_EVENTS: readonly Case[] = [
  call(
    'the event of format 2.0 has the route, the request and the identity sources',
    '/policy/a?x=1',
    'allow',
    authorizerEvent(
      ...['"version":"2.0"', '"type":"REQUEST"', '"routeKey":"ANY /policy/\\{proxy\\+\\}"', '"rawPath":"/policy/a"'],
      ...['"identitySource":\\["allow"\\]', '"routeArn":"arn:aws:execute-api:[^"]*/\\$default/GET/policy/a"'],
      ...['"rawQueryString":"x=1"', '"queryStringParameters":\\{"x":"1"\\}', '"pathParameters":\\{"proxy":"a"\\}'],
    ),
    POWERTOOLS_V2_AUTHORIZER,
  ),
  call(
    'the event of format 1.0 has the method ARN and the identity sources',
    '/v1/a?x=1',
    'allow',
    authorizerEvent(
      ...['"version":"1.0"', '"type":"REQUEST"', '"methodArn":"arn:aws:execute-api:[^"]*/\\$default/GET/v1/a"'],
      ...['"identitySource":"allow"', '"authorizationToken":"allow"', '"httpMethod":"GET"'],
      ...['"queryStringParameters":\\{"x":"1"\\}', '"pathParameters":\\{"proxy":"a"\\}'],
    ),
  ),
];

/** Each order is used only here: its first request fills the cache. */
export const AUTHORIZER_CACHES: readonly Case[] = [
  ...['the first request invokes the authorizer', 'the next request gets the cached result'].map((title) =>
    call(title, '/cached/a', 'allow-cached', authorized({ order: 'allow-cached' })),
  ),
  call('another route gets the cached result', '/cached-too', 'allow-cached', {
    // The event of the authorizer is the event of the first route.
    ...authorizerEvent('"rawPath":"/cached/a"'),
  }),
  call('with $context.routeKey, a route fills its cache', '/cached_route/a', 'allow-route', { status: 200 }),
  call('with $context.routeKey, another route invokes the authorizer', '/cached-route-too', 'allow-route', {
    ...authorizerEvent('"rawPath":"/cached-route-too"'),
  }),
  call('a cached policy allows its path', '/cached_policy/a', 'this-path', { status: 200 }),
  call('a cached policy denies another path', '/cached_policy/b', 'this-path', FORBIDDEN),
];
