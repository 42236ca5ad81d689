/** CodeDeploy deployments after an apply and before a rollback, against an HTTP server that answers as CodeDeploy does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CodeDeploy } from '../../../scripts/canary/code-deploy';
import { shiftLive } from '../../../scripts/canary/shift-live';
import { stopShifts } from '../../../scripts/canary/stop-shifts';
import type { Version } from '../../../scripts/versions/versions';
import { CodeDeployServer } from '../../support/code-deploy-server';

const GROUP = {
  app_name: 'orders-api',
  deployment_group_name: 'orders',
  deployment_config_name: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
};
const server = new CodeDeployServer();
const environment = { ...process.env };

let folder: string;
let lines: string[];
let live: { version: string };

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'canary-'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await server.start(),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
  process.env = environment;
});

beforeEach(() => {
  server.reset();
  live = { version: '3' };
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(() => jest.restoreAllMocks());

const version = (number: string): Version => ({ version: number, published: '', codeHash: '' });
const lambda = {
  list: () => Promise.resolve(['4', '3'].map(version)),
  live: () => Promise.resolve(live),
};

function shift(options: { extraMs?: number; groups?: readonly object[] } = {}): Promise<void> {
  const { groups = [GROUP], extraMs } = options;
  const json = path.join(folder, 'plan.json');
  const changes = groups.map((after) => ({
    address: 'aws_codedeploy_deployment_group.function',
    type: 'aws_codedeploy_deployment_group',
    change: { actions: ['no-op'], after },
  }));
  writeFileSync(json, JSON.stringify({ resource_changes: changes }));
  const clients = { lambda, codeDeploy: new CodeDeploy('us-east-1') };
  return shiftLive([{ stack: 'orders', json, changes: false }], clients, {
    pollMs: 1,
    ...(extraMs !== undefined && { extraMs }),
  });
}

test('starts a deployment from the live to the newest version, and waits for its end', async () => {
  server.script('d-1', ['Created', 'InProgress', 'Succeeded']);
  await shift();
  const [request, ...others] = server.requestsTo('CreateDeployment');
  expect(others).toEqual([]);
  expect(request).toMatchObject({ applicationName: 'orders-api', deploymentGroupName: 'orders' });
  const { revisionType, appSpecContent } = request?.['revision'] as {
    revisionType: string;
    appSpecContent: { content: string };
  };
  expect(revisionType).toBe('AppSpecContent');
  expect(JSON.parse(appSpecContent.content)).toEqual({
    version: 0,
    Resources: [
      {
        orders: {
          Type: 'AWS::Lambda::Function',
          Properties: { Name: 'orders', Alias: 'live', CurrentVersion: '3', TargetVersion: '4' },
        },
      },
    ],
  });
  expect(lines).toEqual([
    'orders: CodeDeploy moves live from version 3 to 4: 10 % of the requests for 5 minutes, then all (d-1)',
    'orders: Created after 0 min (d-1)',
    'orders: InProgress after 0 min (d-1)',
    'orders: Succeeded after 0 min (d-1)',
    'orders: version 4 is live',
  ]);
});

test('starts nothing for a function whose alias has the newest version', async () => {
  live = { version: '4' };
  await shift();
  expect(server.requestsTo('CreateDeployment')).toEqual([]);
});

test('waits for a deployment that already runs, before it compares the versions', async () => {
  server.running = ['d-0'];
  server.script('d-0', ['InProgress', 'Succeeded']);
  server.onEnd('d-0', () => (live = { version: '4' }));
  await shift();
  expect(server.requestsTo('CreateDeployment')).toEqual([]);
  expect(lines[0]).toBe('orders: waiting for the deployment d-0, which already runs');
});

test('fails when an alarm stopped the deployment, and says why and which version is live', async () => {
  server.script('d-1', ['InProgress', 'Stopped'], {
    errorInformation: { code: 'ALARM_ACTIVE', message: 'One or more alarms have been activated: orders-api-5xx' },
    rollbackInfo: { rollbackDeploymentId: 'd-2' },
  });
  server.script('d-2', ['InProgress', 'Succeeded']);
  await expect(shift()).rejects.toThrow(
    'orders: the deployment d-1 ended as Stopped (ALARM_ACTIVE: One or more alarms have been activated: orders-api-5xx). ' +
      'Version 3 is live. Revert or mend the change, and deploy again.',
  );
  expect(lines.at(-1)).toBe('orders: Succeeded after 0 min (d-2)');
});

test('fails when the deployment takes too long, and leaves it running', async () => {
  server.script('d-1', ['InProgress']);
  const group = { ...GROUP, deployment_config_name: 'CodeDeployDefault.LambdaAllAtOnce' };
  await expect(shift({ extraMs: 0, groups: [group] })).rejects.toThrow(
    'orders: the deployment d-1 still runs. CodeDeploy goes on without this command. Repeat npm run deploy to wait for it',
  );
  expect(server.requestsTo('StopDeployment')).toEqual([]);
});

test('reports every function that failed, after the others have ended', async () => {
  server.script('d-1', ['Failed'], { errorInformation: { code: 'INTERNAL_ERROR', message: 'x' } });
  server.refuse = 'other';
  const other = { ...GROUP, deployment_group_name: 'other' };
  const error = await shift({ groups: [other, GROUP] }).catch((reason: unknown) => reason as Error);
  expect((error as Error).message).toMatch(
    /^other: the stack is deployed, but CodeDeploy did not move live: DeploymentGroupDoesNotExistException: .* Repeat npm run deploy\.\norders: the deployment d-1 ended as Failed/,
  );
});

describe('before a rollback', () => {
  const stop = (functions: Parameters<typeof stopShifts>[0]) => stopShifts(functions, new CodeDeploy('us-east-1'), 1);
  const orders = { functionName: 'orders', application: 'orders-api' };

  test('a running deployment is stopped without an automatic rollback, and has stopped then', async () => {
    server.running = ['d-1'];
    server.script('d-1', ['InProgress', 'Stopped']);
    expect(await stop([orders])).toBe(true);
    expect(server.requestsTo('ListDeployments')).toMatchObject([
      { applicationName: 'orders-api', deploymentGroupName: 'orders' },
    ]);
    expect(server.requestsTo('StopDeployment')).toEqual([{ deploymentId: 'd-1', autoRollbackEnabled: false }]);
    expect(server.requestsTo('GetDeployment')).toHaveLength(2);
    expect(lines).toEqual(['orders: stopped the CodeDeploy deployment d-1']);
  });

  test('nothing is stopped without a running deployment, and nothing is asked without an application', async () => {
    expect(await stop([orders])).toBe(false);
    expect(server.requestsTo('StopDeployment')).toEqual([]);
    server.reset();
    expect(await stop([{ functionName: 'orders' }])).toBe(false);
    expect(server.requestsTo('ListDeployments')).toEqual([]);
  });
});
