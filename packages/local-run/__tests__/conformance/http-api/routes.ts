/** Which route a request goes to. */
import type { Case } from '../support/case';
import { HTTP_ROUTES } from '../support/sources';

const goes = (method: string, path: string, routeKey: string, pathParameters?: object, api?: string): Case => ({
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

const nowhere = (method: string, path: string, why: string): Case => ({
  title: `${method} ${path}: ${why}`,
  source: HTTP_ROUTES,
  request: { method, path },
  expected: { status: 404, json: { message: 'Not Found' }, headers: { 'content-type': 'application/json' } },
});

export const ROUTES: readonly Case[] = [
  goes('GET', '/', 'GET /'),
  goes('GET', '/pets', 'GET /pets'),
  goes('GET', '/pets/6', 'GET /pets/{id}', { id: '6' }),
  goes('DELETE', '/pets/6', 'ANY /pets/{id}', { id: '6' }),
  goes('GET', '/pets/list', 'GET /pets/list'),
  goes('POST', '/pets/6/toys/7', 'POST /pets/{id}/toys/{toy}', { id: '6', toy: '7' }),
  goes('GET', '/greedy/exact', 'GET /greedy/exact'),
  goes('POST', '/greedy/exact', 'ANY /greedy/{proxy+}', { proxy: 'exact' }),
  goes('GET', '/greedy/a/b/c', 'GET /greedy/{proxy+}', { proxy: 'a/b/c' }),
  goes('PATCH', '/greedy/a/b/c', 'ANY /greedy/{proxy+}', { proxy: 'a/b/c' }),
  goes('GET', '/greedy/one/2', 'GET /greedy/one/{id}', { id: '2' }),
  goes('GET', '/pets/6', 'GET /pets/{id}', { id: '6' }, 'named'),
  goes('POST', '/pets/6', '$default', undefined, 'named'),
  goes('GET', '/whatever/there/is', '$default', undefined, 'named'),
  goes('OPTIONS', '/echo', 'ANY /echo'),
  {
    title: 'HEAD goes to the route of ANY, and has the headers of the answer alone',
    source: HTTP_ROUTES,
    request: { method: 'HEAD', path: '/echo' },
    expected: { status: 200, text: '', headers: { 'content-type': 'application/json' } },
  },
  nowhere('GET', '/nothing', 'no such path'),
  nowhere('POST', '/pets', 'another method of a path that there is'),
  nowhere('GET', '/pets/6/toys', 'the beginning of a path that there is'),
  nowhere('GET', '/PETS', 'paths have a case'),
  {
    title: 'a path below no stage, where there is no $default one',
    source: HTTP_ROUTES,
    api: 'named',
    atRoot: true,
    request: { path: '/pets/6' },
    expected: { status: 404, json: { message: 'Not Found' } },
  },
];
