/** The route that an HTTP API selects for a request. */
import type { Case } from '../support/case';
import { HTTP_ROUTES } from '../support/sources';

const matches = (method: string, path: string, routeKey: string, pathParameters?: object, api?: string): Case => ({
  title: `${method} ${path} goes to ${routeKey}`,
  source: HTTP_ROUTES,
  request: { method, path },
  expected: {
    status: 200,
    event: { routeKey, ...(pathParameters && { pathParameters }) },
    ...(!pathParameters && { without: ['pathParameters'] }),
  },
  ...(api !== undefined && { api }),
});

const noRoute = (method: string, path: string, reason: string): Case => ({
  title: `${method} ${path} matches no route: ${reason}`,
  source: HTTP_ROUTES,
  request: { method, path },
  expected: { status: 404, json: { message: 'Not Found' }, headers: { 'content-type': 'application/json' } },
});

export const ROUTES: readonly Case[] = [
  matches('GET', '/', 'GET /'),
  matches('GET', '/pets', 'GET /pets'),
  matches('GET', '/pets/6', 'GET /pets/{id}', { id: '6' }),
  matches('DELETE', '/pets/6', 'ANY /pets/{id}', { id: '6' }),
  matches('GET', '/pets/list', 'GET /pets/list'),
  matches('POST', '/pets/6/toys/7', 'POST /pets/{id}/toys/{toy}', { id: '6', toy: '7' }),
  matches('GET', '/greedy/exact', 'GET /greedy/exact'),
  matches('POST', '/greedy/exact', 'ANY /greedy/{proxy+}', { proxy: 'exact' }),
  matches('GET', '/greedy/a/b/c', 'GET /greedy/{proxy+}', { proxy: 'a/b/c' }),
  matches('PATCH', '/greedy/a/b/c', 'ANY /greedy/{proxy+}', { proxy: 'a/b/c' }),
  matches('GET', '/greedy/one/2', 'GET /greedy/one/{id}', { id: '2' }),
  matches('GET', '/pets/6', 'GET /pets/{id}', { id: '6' }, 'named'),
  matches('POST', '/pets/6', '$default', undefined, 'named'),
  matches('GET', '/whatever/there/is', '$default', undefined, 'named'),
  matches('OPTIONS', '/echo', 'ANY /echo'),
  {
    title: 'HEAD goes to the ANY route, and its response has headers and no body',
    source: HTTP_ROUTES,
    request: { method: 'HEAD', path: '/echo' },
    expected: { status: 200, text: '', headers: { 'content-type': 'application/json' } },
  },
  noRoute('GET', '/nothing', 'the path is unknown'),
  noRoute('POST', '/pets', 'the path has only other methods'),
  noRoute('GET', '/pets/6/toys', 'the path is only the beginning of a route path'),
  noRoute('GET', '/PETS', 'paths are case-sensitive'),
  {
    title: 'without a $default stage, a path outside the named stage is not found',
    source: HTTP_ROUTES,
    api: 'named',
    atRoot: true,
    request: { path: '/pets/6' },
    expected: { status: 404, json: { message: 'Not Found' } },
  },
];
