/** Which resource and method a request goes to. */
import type { Case } from '../support/case';
import { LS_V1_SLASHES, REST_LAMBDA, RECORDED_STAGE, REST_RESPONSES, SAM_SLASH } from '../support/sources';

const goes = (method: string, path: string, resource: string, pathParameters: object | null): Case => ({
  title: `${method} ${path} goes to ${resource}`,
  source: REST_LAMBDA,
  request: { method, path },
  expected: { status: 200, event: { resource, httpMethod: method, pathParameters } },
});

const nowhere = (method: string, path: string, why: string, atRoot?: true): Case => ({
  title: `${method} ${path}: ${why}`,
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
  goes('GET', '/', '/', null),
  goes('GET', '/pets', '/pets', null),
  goes('GET', '/pets/6', '/pets/{id}', { id: '6' }),
  goes('DELETE', '/pets/6', '/pets/{id}', { id: '6' }),
  goes('GET', '/pets/list', '/pets/list', null),
  goes('POST', '/pets/6/toys/7', '/pets/{id}/toys/{toy}', { id: '6', toy: '7' }),
  { ...goes('GET', '/pets/', '/pets', null), source: SAM_SLASH },
  { ...goes('GET', '/pets/6/', '/pets/{id}', { id: '6' }), source: SAM_SLASH },
  { ...goes('GET', '//pets', '/pets', null), source: LS_V1_SLASHES },
  {
    title: 'of slashes after the stage path has one, and requestContext.path all',
    source: LS_V1_SLASHES,
    request: { path: '//pets' },
    expected: { status: 200, event: { path: '/pets', requestContext: { path: '/test//pets' } } },
  },
  goes('GET', '/greedy/exact', '/greedy/exact', null),
  goes('GET', '/greedy/a/b/c', '/greedy/{proxy+}', { proxy: 'a/b/c' }),
  goes('OPTIONS', '/greedy/a', '/greedy/{proxy+}', { proxy: 'a' }),
  {
    title: 'HEAD goes to the method ANY, and has the headers of the answer alone',
    source: REST_LAMBDA,
    request: { method: 'HEAD', path: '/echo' },
    expected: { status: 200, text: '', headers: { 'content-type': 'application/json' } },
  },
  nowhere('GET', '/nothing', 'no such resource'),
  nowhere('POST', '/pets', 'no such method'),
  nowhere('GET', '/pets/6/toys', 'a resource without methods'),
  nowhere('OPTIONS', '/pets', 'a REST API answers no preflight by itself'),
];

export const STAGES: readonly Case[] = [
  {
    title: 'a path below another stage',
    source: RECORDED_STAGE,
    atRoot: true,
    request: { path: '/other/echo' },
    expected: { status: 403, headers: { 'x-amzn-errortype': 'ForbiddenException' } },
  },
];
