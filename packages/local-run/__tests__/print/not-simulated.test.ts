/** The warnings about parts that the local run does not simulate, in the terminal and in the JSON log. */
import type { ApiDeployment, Deployment } from '../../src/model/deployment';
import { adviceOf, notSimulatedText } from '../../src/model/not-simulated';
import { deploymentsText } from '../../src/print/deployments';
import { notSimulatedRecords, warningTexts } from '../../src/print/not-simulated';

const CAUSE = {
  address: 'aws_lambda_function.f',
  attribute: 'runtime',
  found: '"python3.13"',
  supported: '"nodejs22.x"',
};

const UNUSED = { address: 'aws_dynamodb_table.t', attribute: 'count', supported: 'no count' };

function deploymentWith(routes: number): Deployment {
  const base = { functionArn: '', timeoutMs: 1, permitted: true };
  const failing = Array.from({ length: routes }, (_, index) => ({
    ...{ ...base, routeKey: `GET /${index}`, notSimulated: [CAUSE] },
  }));
  const throttle = { rate: 1, burst: 1 };
  const api: ApiDeployment = {
    ...{ kind: 'http-api', address: 'a', id: 'i', name: 'n', stage: '$default', throttle },
    routes: [{ ...base, routeKey: 'GET /works' }, ...failing],
  };
  const empty = { tables: [], functions: [], roles: [], outputs: {} };
  return { ...empty, stack: 'pets', apis: [api], inert: ['2 alarms', '1 topic'], notSimulated: [CAUSE, UNUSED] };
}

test('a warning names the part, the value, the routes, and what to do', () => {
  expect(warningTexts(deploymentWith(2))).toEqual([
    [
      'warning  pets: aws_lambda_function.f: runtime = "python3.13" is not supported by the local run.',
      '         These routes answer 501: GET /0, GET /1.',
      '         Supported: "nodejs22.x".',
    ].join('\n'),
    [
      'warning  pets: aws_dynamodb_table.t: count is not supported by the local run.',
      '         No route refers to the table. Calls to it fail: the run has no such table.',
      '         Remove count for the local run, for example by a setting, or call other routes.',
    ].join('\n'),
  ]);
});

test('a problem that is no value of an attribute is described', () => {
  const cause = { address: 'aws_iam_role.r', attribute: 'assume_role_policy', found: 'a Deny', supported: 'none' };
  expect(notSimulatedText({ ...cause, problem: 'a Deny in assume_role_policy' })).toBe(
    'aws_iam_role.r: a Deny in assume_role_policy is not supported by the local run',
  );
});

test('the advice for a resource is to replace its references', () => {
  expect(adviceOf({ address: 'aws_sqs_queue.jobs', supported: 'a text' })).toBe(
    'Replace the references to aws_sqs_queue.jobs by texts for the local run, for example by a setting, or call other routes.',
  );
});

test('a warning counts routes after the sixth', () => {
  const [warning] = warningTexts(deploymentWith(9));
  expect(warning).toContain('answer 501: GET /0, GET /1, GET /2, GET /3, GET /4, GET /5 and 3 more.');
});

test('the list of routes marks those that answer 501, and a line lists the kinds that are left out', () => {
  const text = deploymentsText([deploymentWith(1)]);
  expect(text).toMatch(/^ {2}GET {2}\/0 +-> answers 501$/m);
  expect(text).toMatch(/^ {2}Left out: 2 alarms, 1 topic$/m);
});

test('a record of the JSON log has the part and its routes', () => {
  expect(notSimulatedRecords(deploymentWith(1))).toEqual([
    { ...CAUSE, routes: ['GET /0'], apis: [] },
    { ...UNUSED, routes: [], apis: [] },
  ]);
});

test.each([
  ['module.m.aws_lambda_function.f["a"]', 'No route invokes the function. The run does not have it.'],
  ['aws_iam_role.r', 'No route refers to it, so it changes no response.'],
])('a warning says that no route depends on %s', (address, text) => {
  const [warning] = warningTexts({ ...deploymentWith(0), notSimulated: [{ ...UNUSED, address }] });
  expect(warning).toContain(text);
});

test('a warning about a whole API says that all its requests answer 501, also when it has no routes', () => {
  const deployment = deploymentWith(0);
  const cause = { address: 'aws_apigatewayv2_api.chat', attribute: 'protocol_type', supported: '"HTTP"' };
  const broken = (more: object) => ({ ...deployment.apis[0], routes: [], notSimulated: [cause], ...more });
  const apis = [broken({ name: 'chat' }), broken({ name: 'chat', stage: 'beta' })] as unknown as ApiDeployment[];
  const [warning] = warningTexts({ ...deployment, apis, notSimulated: [cause] });
  expect(warning).toContain('         All requests to this API answer 501: chat; chat, stage beta.\n');
});
