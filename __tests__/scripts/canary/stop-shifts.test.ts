/** The end of CodeDeploy deployments before a rollback, against an HTTP server that answers as CodeDeploy does. */
import { CodeDeploy } from '../../../scripts/canary/code-deploy';
import { notStoppedText, stopShifts } from '../../../scripts/canary/stop-shifts';
import { CodeDeployServer } from '../../support/code-deploy-server';

const server = new CodeDeployServer();
const environment = { ...process.env };

let lines: string[];

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await server.start(),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterAll(async () => {
  await server.stop();
  process.env = environment;
});

beforeEach(() => {
  server.reset();
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(() => jest.restoreAllMocks());

const stop = (functions: Parameters<typeof stopShifts>[0]) => stopShifts(functions, new CodeDeploy('us-east-1'), 1);
const functionOf = (functionName: string) => ({ functionName, application: 'orders-api' });
const NO_FAILURES = new Map<string, string>();

test('a running deployment is stopped without an automatic rollback, and has stopped then', async () => {
  server.running = ['d-1'];
  server.script('d-1', ['InProgress', 'Stopped']);
  expect(await stop([functionOf('orders')])).toEqual({ ended: true, failures: NO_FAILURES });
  expect(server.requestsTo('ListDeployments')).toMatchObject([
    { applicationName: 'orders-api', deploymentGroupName: 'orders' },
  ]);
  expect(server.requestsTo('StopDeployment')).toEqual([{ deploymentId: 'd-1', autoRollbackEnabled: false }]);
  expect(server.requestsTo('GetDeployment')).toHaveLength(2);
  expect(lines).toEqual(['orders: stopped the CodeDeploy deployment d-1']);
});

test('nothing is stopped without a running deployment, and nothing is asked without an application', async () => {
  expect(await stop([functionOf('orders')])).toEqual({ ended: false, failures: NO_FAILURES });
  expect(server.requestsTo('StopDeployment')).toEqual([]);
  server.reset();
  expect(await stop([{ functionName: 'orders' }])).toEqual({ ended: false, failures: NO_FAILURES });
  expect(server.requestsTo('ListDeployments')).toEqual([]);
});

test.each(['DeploymentAlreadyCompletedException', 'DeploymentDoesNotExistException'])(
  'a deployment that ended before the request to stop it counts as ended: %s',
  async (error) => {
    server.running = ['d-1'];
    server.refuseStop = { 'd-1': error };
    expect(await stop([functionOf('orders')])).toEqual({ ended: true, failures: NO_FAILURES });
    expect(lines).toEqual(['orders: the CodeDeploy deployment d-1 has just ended']);
  },
);

test('a deployment that cannot be stopped does not keep the others running', async () => {
  server.runningOf = { first: ['d-1'], second: ['d-2'], third: ['d-3'] };
  server.refuseStop = { 'd-1': 'AccessDeniedException', 'd-3': 'DeploymentAlreadyCompletedException' };
  server.script('d-2', ['Stopped']);
  const { ended, failures } = await stop(['first', 'second', 'third'].map(functionOf));
  expect([ended, [...failures]]).toEqual([true, [['first', 'AccessDeniedException: refused']]]);
  expect(lines.sort()).toEqual([
    'second: stopped the CodeDeploy deployment d-2',
    'third: the CodeDeploy deployment d-3 has just ended',
  ]);
  expect(notStoppedText(failures).split('\n')).toEqual([
    'first was not moved: its CodeDeploy deployment did not stop: AccessDeniedException: refused.',
    'Repeat the command. If CodeDeploy refuses again, stop the deployment in the CodeDeploy console first.',
  ]);
});
