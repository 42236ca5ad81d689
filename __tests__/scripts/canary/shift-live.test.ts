/** CodeDeploy deployments after an apply, against an HTTP server that answers as CodeDeploy does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CodeDeploy } from '../../../scripts/canary/code-deploy';
import { refusePendingShifts, shiftLive } from '../../../scripts/canary/shift-live';
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

interface Options {
  readonly extraMs?: number;
  readonly groups?: readonly object[];
  /** The version of the alias in the plan. */
  readonly planned?: string;
  readonly ignoreAlarms?: boolean;
}

function planWith({ groups = [GROUP], planned }: Options) {
  const json = path.join(folder, 'plan.json');
  const changes = groups.map((after) => ({
    address: 'aws_codedeploy_deployment_group.function',
    type: 'aws_codedeploy_deployment_group',
    change: { actions: ['no-op'], after },
  }));
  const aliases = groups.map((group) => ({
    address: 'aws_lambda_alias.function',
    type: 'aws_lambda_alias',
    change: {
      actions: ['no-op'],
      after: { name: 'live', function_version: planned, function_name: (group as typeof GROUP).deployment_group_name },
    },
  }));
  const resources = [...changes, ...(planned === undefined ? [] : aliases)];
  writeFileSync(json, JSON.stringify({ resource_changes: resources }));
  return [{ stack: 'orders', json, changes: false }];
}

function shift(options: Options = {}): Promise<void> {
  const { extraMs, ignoreAlarms = false } = options;
  const clients = { lambda, codeDeploy: new CodeDeploy('us-east-1') };
  return shiftLive(planWith(options), clients, { pollMs: 1, ignoreAlarms, ...(extraMs !== undefined && { extraMs }) });
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

test('turns the alarms of a deployment off only with the option', async () => {
  server.script('d-1', ['Succeeded']);
  await shift();
  await shift({ ignoreAlarms: true });
  const [usual, ignoring] = server.requestsTo('CreateDeployment');
  expect(usual).not.toHaveProperty('overrideAlarmConfiguration');
  expect(ignoring).toMatchObject({ overrideAlarmConfiguration: { enabled: false } });
});

test('leaves an alias that was moved back after the plan', async () => {
  await expect(shift({ planned: '4' })).rejects.toThrow(
    'orders: the stack is deployed, but live was moved back from version 4 to 3 meanwhile, so it stays there.',
  );
  expect(server.requestsTo('CreateDeployment')).toEqual([]);
  server.script('d-1', ['Succeeded']);
  await shift({ planned: '3' });
  expect(server.requestsTo('CreateDeployment')).toHaveLength(1);
});

test('after a failed apply, the functions are named whose alias has not moved', async () => {
  await expect(refusePendingShifts(planWith({}), lambda)).rejects.toThrow(
    'orders: live stays at version 3; CodeDeploy has not moved it to 4.\nFix the failure, and repeat npm run deploy: it moves these functions.',
  );
  live = { version: '4' };
  await expect(refusePendingShifts(planWith({}), lambda)).resolves.toBeUndefined();
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
      'Version 3 is live. Revert or fix the change, and deploy again.',
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
