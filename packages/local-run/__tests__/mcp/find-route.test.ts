/** The route that a request of an agent is for, where an API has several stages. */
import type { RouteDescription, StackDescription } from '../../src/console/stacks';
import { findRoute } from '../../src/mcp/find-route';

function stackWith(...routes: readonly (readonly [stage: string, method: string, path: string])[]): StackDescription {
  const described = routes.map(([stage, method, path]) => ({ stack: 's', api: 'a', stage, method, path }));
  return { stack: 's', routes: described as RouteDescription[] } as unknown as StackDescription;
}

const STACK = stackWith(['live', '$default', '/live'], ['beta', '$default', '/beta'], ['beta', 'GET', '/beta/a']);

test.each([
  ['/live/a', 'live', '$default'],
  ['/beta/a', 'beta', 'GET'],
  ['/beta/b', 'beta', '$default'],
])('GET %s is for the stage %s and the route %s', (path, stage, method) => {
  expect(findRoute([STACK], { method: 'GET', path }).route).toMatchObject({ stage, method });
});

test('a path outside all stages is for no route', () => {
  expect(findRoute([STACK], { method: 'GET', path: '/other/a' }).route).toBeUndefined();
});

test('$default of the stage $default serves each path', () => {
  const route = { method: '$default', path: '' };
  expect(findRoute([stackWith(['$default', '$default', ''])], { method: 'GET', path: '/x' })).toMatchObject({ route });
});
