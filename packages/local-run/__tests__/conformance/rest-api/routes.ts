/** The resource and method that a REST API selects for a request. */
import type { Case } from '../support/case';
import { LS_V1_SLASHES, REST_LAMBDA, RECORDED_STAGE, REST_RESPONSES, SAM_SLASH } from '../support/sources';

const matches = (method: string, path: string, resource: string, pathParameters: object | null): Case => ({
  title: `${method} ${path} goes to ${resource}`,
  source: REST_LAMBDA,
  request: { method, path },
  expected: { status: 200, event: { resource, httpMethod: method, pathParameters } },
});

const noMethod = (method: string, path: string, reason: string, atRoot?: true): Case => ({
  title: `${method} ${path} matches no method: ${reason}`,
  source: REST_RESPONSES,
  request: { method, path },
  expected: {
    status: 403,
    json: { message: 'Missing Authentication Token' },
    headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
  },
  ...(atRoot && { atRoot }),
});

export const ROUTES: readonly Case[] = [
  matches('GET', '/', '/', null),
  matches('GET', '/pets', '/pets', null),
  matches('GET', '/pets/6', '/pets/{id}', { id: '6' }),
  matches('DELETE', '/pets/6', '/pets/{id}', { id: '6' }),
  matches('GET', '/pets/list', '/pets/list', null),
  matches('POST', '/pets/6/toys/7', '/pets/{id}/toys/{toy}', { id: '6', toy: '7' }),
  { ...matches('GET', '/pets/', '/pets', null), source: SAM_SLASH },
  { ...matches('GET', '/pets/6/', '/pets/{id}', { id: '6' }), source: SAM_SLASH },
  { ...matches('GET', '//pets', '/pets', null), source: LS_V1_SLASHES },
  {
    title: 'path merges slashes after the stage, and requestContext.path keeps them',
    source: LS_V1_SLASHES,
    request: { path: '//pets' },
    expected: { status: 200, event: { path: '/pets', requestContext: { path: '/test//pets' } } },
  },
  matches('GET', '/greedy/exact', '/greedy/exact', null),
  matches('GET', '/greedy/a/b/c', '/greedy/{proxy+}', { proxy: 'a/b/c' }),
  matches('OPTIONS', '/greedy/a', '/greedy/{proxy+}', { proxy: 'a' }),
  {
    title: 'HEAD goes to the method ANY, and its response has headers and no body',
    source: REST_LAMBDA,
    request: { method: 'HEAD', path: '/echo' },
    expected: { status: 200, text: '', headers: { 'content-type': 'application/json' } },
  },
  noMethod('GET', '/nothing', 'the resource is unknown'),
  noMethod('POST', '/pets', 'the resource has only other methods'),
  noMethod('GET', '/pets/6/toys', 'the resource has no methods'),
  noMethod('OPTIONS', '/pets', 'the gateway answers no preflight requests'),
];

export const STAGES: readonly Case[] = [
  {
    title: 'refuses a path below another stage',
    source: RECORDED_STAGE,
    atRoot: true,
    request: { path: '/other/echo' },
    expected: { status: 403, headers: { 'x-amzn-errortype': 'ForbiddenException' } },
  },
];
