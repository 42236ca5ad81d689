/** Compares the version of Node.js that runs the functions with their runtimes. */
import type { Deployment, FunctionDeployment } from '../../src/model/deployment';
import { otherRuntimesText, runtimesOf } from '../../src/print/node-version';

const withRuntimes = (...runtimes: string[]): Deployment => ({
  ...{ stack: 'items', outputs: {}, apis: [], tables: [], roles: [], inert: [], notSimulated: [] },
  functions: runtimes.map((runtime) => ({ runtime }) as FunctionDeployment),
});

test('one line warns of functions with another major version of Node.js, and counts them by runtime', () => {
  expect(otherRuntimesText([withRuntimes('nodejs22.x', 'nodejs24.x'), withRuntimes('nodejs22.x')], '20.19.4')).toBe(
    'warning  Functions run on Node.js 20.19.4 here, and on Lambda on nodejs22.x (2 functions) and nodejs24.x (1 function). ' +
      'Start the run with the version that Lambda uses.',
  );
  expect(otherRuntimesText([withRuntimes('nodejs22.x', 'nodejs24.x')], '24.1.0')).toContain(
    'on Lambda on nodejs22.x (1 function). ',
  );
});

test('nothing warns of the same major version, or of stacks without functions in JavaScript', () => {
  expect(otherRuntimesText([withRuntimes('nodejs22.x')], '22.0.0')).toBeUndefined();
  expect(otherRuntimesText([withRuntimes('python3.13')], '22.0.0')).toBeUndefined();
});

test('the JSON log lists each runtime of a stack once', () => {
  expect(runtimesOf(withRuntimes('nodejs24.x', 'nodejs22.x', 'nodejs24.x'))).toEqual(['nodejs22.x', 'nodejs24.x']);
});
