/** The second plan after an apply. In these tests, `terraform` is a script that records its arguments. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replaceStaleDeployments } from '../../../scripts/redeploy/redeploy';
import type { StaleDeployment } from '../../../scripts/redeploy/removed-routes';

const DEPLOYMENT = 'aws_api_gateway_deployment.api';
const API = { rest_api_id: 'abc' };
const ROUTE = 'DELETE /product/{id}';

const replaced = {
  address: DEPLOYMENT,
  type: 'aws_api_gateway_deployment',
  change: { actions: ['create', 'delete'], before: API },
};
const alias = { address: 'aws_lambda_alias.function', type: 'aws_lambda_alias', change: { actions: ['update'] } };
const table = { address: 'aws_dynamodb_table.table', type: 'aws_dynamodb_table', change: { actions: ['update'] } };

const environment = { ...process.env };
let root: string;
let log: jest.SpyInstance;
/** The answers of API Gateway, by stage, in their order; the last one repeats. */
let routes: Record<string, { removed?: string[]; unpublished?: string[] }[]>;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'redeploy-'));
  const script = `#!/bin/sh\necho "$(basename "$PWD") $*" >> "${root}/calls"\n[ "$1" = show ] && cat second.json\nexit "$(cat "status-$1" 2>/dev/null || echo 0)"\n`;
  writeFileSync(path.join(root, 'terraform'), script, { mode: 0o755 });
  process.env['PATH'] = `${root}:${environment['PATH']}`;
  log = jest.spyOn(console, 'log').mockImplementation();
  routes = {};
});

afterEach(() => {
  process.env = { ...environment };
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const served = {
  compare: (_: string, stage: string) => {
    const answers = routes[stage] ?? [];
    const { removed = [], unpublished = [] } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
    return Promise.resolve({ removed, unpublished });
  },
};

/** Makes a stack with one REST API, whose stage has the stack's name. @param second the changes of the second plan */
function stackOf(name: string, second: readonly object[] = [replaced]) {
  const folder = path.join(root, name);
  mkdirSync(folder);
  const change = { actions: ['no-op'], before: API, after: API };
  const stage = { ...change, before: { ...API, stage_name: name }, after: { ...API, stage_name: name } };
  const changes = [
    { address: DEPLOYMENT, type: 'aws_api_gateway_deployment', change },
    { address: 'aws_api_gateway_stage.api', type: 'aws_api_gateway_stage', change: stage },
  ];
  writeFileSync(path.join(folder, 'plan.json'), JSON.stringify({ resource_changes: changes }));
  writeFileSync(path.join(folder, 'second.json'), JSON.stringify({ resource_changes: second }));
  const planned: StaleDeployment = {
    ...{ stack: name, address: DEPLOYMENT, restApiId: 'abc', stages: [name] },
    ...{ cause: 'plan', removed: ['aws_api_gateway_method.delete'], breaksRoutes: true },
  };
  return {
    stack: { name, folder },
    plan: { stack: name, json: path.join(folder, 'plan.json'), changes: true },
    planned,
  };
}

const replace = (stacks: readonly ReturnType<typeof stackOf>[], planned: readonly StaleDeployment[] = []) =>
  replaceStaleDeployments(
    stacks.map(({ stack }) => stack),
    stacks.map(({ plan }) => plan),
    planned,
    served,
  );
const calls = () => {
  try {
    return readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
};
const CALLS_OF = (name: string) => [
  `${name} plan -no-color -lock-timeout=60s -out=redeploy.tfplan -replace=${DEPLOYMENT}`,
  `${name} show -json redeploy.tfplan`,
  `${name} apply -no-color -input=false -lock-timeout=60s redeploy.tfplan`,
];

test('without stale deployments, Terraform is not run', async () => {
  await replace([stackOf('a')]);
  expect(calls()).toEqual([]);
});

test('planned and found deployments of all stacks are replaced', async () => {
  const [a, b, c] = [stackOf('a'), stackOf('b'), stackOf('c')];
  routes['b'] = [{ removed: [ROUTE] }, { removed: [ROUTE] }, {}];
  await replace([a, b, c], [c.planned]);
  expect(calls()).toEqual([...CALLS_OF('b'), ...CALLS_OF('c')]);
  expect(log).toHaveBeenCalledWith(`\nb: replacing ${DEPLOYMENT}, so that the stage no longer serves removed routes`);
});

test('a plan with another change is refused, and the other stacks go on', async () => {
  const [a, b] = [stackOf('a', [replaced, table]), stackOf('b')];
  await expect(replace([a, b], [a.planned, b.planned])).rejects.toThrow(
    `a: the plan to replace ${DEPLOYMENT} has unexpected changes, so it was not applied: aws_dynamodb_table.table. The stage still ` +
      'serves the removed routes, which answer 500. Run npm run deploy again: it plans these changes.',
  );
  expect(calls()).toEqual([...CALLS_OF('a').slice(0, 2), ...CALLS_OF('b')]);
});

test('a plan that replaces nothing is refused', async () => {
  const a = stackOf('a', []);
  await expect(replace([a], [a.planned])).rejects.toThrow(`${DEPLOYMENT} (not replaced)`);
  expect(calls()).toEqual(CALLS_OF('a').slice(0, 2));
});

test('after a rollback between the plans, nobody is told to deploy', async () => {
  const a = stackOf('a', [replaced, alias]);
  await expect(replace([a], [a.planned])).rejects.toThrow(
    /aws_lambda_alias\.function\. .*npm run rollback.* Revert the faulty change, then run npm run deploy\.$/,
  );
});

test('a stage that still serves removed routes after the replacement is an error', async () => {
  const a = stackOf('a');
  routes['a'] = [{ removed: [ROUTE] }];
  await expect(replace([a], [a.planned])).rejects.toThrow(
    `${DEPLOYMENT} was replaced, but the stage a of the REST API abc still serves ${ROUTE}`,
  );
});

test('a found deployment is not replaced when this would publish routes that somebody added', async () => {
  routes['a'] = [{ removed: [ROUTE], unpublished: ['POST /admin'] }];
  await expect(replace([stackOf('a')])).rejects.toThrow(
    /^a: the REST API abc has routes that the stage a does not serve: POST \/admin\. Somebody added them outside of Terraform\./,
  );
  expect(calls()).toEqual([]);
});

test('all failures are reported together, the first one first', async () => {
  const [a, b] = [stackOf('a', [replaced, table]), stackOf('b')];
  writeFileSync(path.join(b.stack.folder, 'status-apply'), '1');
  await expect(replace([a, b], [a.planned, b.planned])).rejects.toThrow(
    /^a: the plan to replace [^]*\n\nterraform apply ended with status 1/,
  );
});

test('an interrupt is reported once, and starts no further replacement', async () => {
  const a = stackOf('a');
  const error = jest.spyOn(console, 'error').mockImplementation();
  const interrupting = {
    compare: () => {
      process.emit('SIGINT');
      process.emit('SIGINT');
      return Promise.resolve({ removed: [ROUTE], unpublished: [] });
    },
  };
  await expect(replaceStaleDeployments([a.stack], [a.plan], [], interrupting)).rejects.toThrow(
    'a: no deployment was replaced, because of the interrupt.',
  );
  expect(error.mock.calls).toEqual([[expect.stringMatching(/^\nInterrupted\. .*Repeat npm run deploy/)]]);
  expect(calls()).toEqual([]);
});
