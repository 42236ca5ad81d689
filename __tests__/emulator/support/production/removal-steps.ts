/** The steps on a second deployment, which removes routes, and on old versions of functions. */
import {
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { send } from '../api-client';
import { clientOptions } from '../clients';
import { progress } from '../progress';
import type { step } from '../steps';
import { editContracts } from './project';
import type { ProductionSuite } from './suite';

/** Requests whose order matters. On AWS, the settings of a route outlive the route. */
const REQUESTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^DELETE \/v2\/apis\/[^/]+\/stages\/\$default\/routesettings\//, 'DeleteRouteSettings'],
  [/^DELETE \/v2\/apis\/[^/]+\/routes\/[^/]+$/, 'DeleteRoute'],
  [/^PATCH \/v2\/apis\/[^/]+\/stages\/\$default$/, 'UpdateStage'],
];

/** Adds the steps. @param suite each step calls it when it runs */
export function addRemovalSteps(suite: () => ProductionSuite, emulatorStep: typeof step): void {
  emulatorStep('the deploy role removes a throttled route, and a route of a REST API', async () => {
    const { deployReviewed, deployment, target } = suite();
    await publishVersions(deployment.functionName('doors'), 10);
    editContracts(/^ *'GET \/doors':.*\n/m, '');
    editContracts(/^ *'DELETE \/vaults\/.*\n/m, '');
    let printed = '';
    const requests = await target.recorder?.requestsDuring(async () => {
      printed = await deployReviewed({ DELETION_PROTECTION: 'false', MEMORY_MB: '512' });
    });
    const names = requests?.flatMap((made) => REQUESTS.find(([pattern]) => pattern.test(made))?.[1] ?? []) ?? [];
    progress(`  ${names.join(', ')}`);
    expect(names).toContain('DeleteRouteSettings');
    expect(names).toContain('DeleteRoute');
    expect(printed).toContain('vaults: replacing aws_api_gateway_deployment.api');
  });

  emulatorStep('removed routes are not found, and ten old versions of a function remain', async () => {
    const { deployment, endpoint, hostOf } = suite();
    const [host, restHost] = [hostOf('doors'), hostOf('vaults')];
    expect((await send(endpoint, { host, method: 'GET', path: '/doors' })).status).toBe(404);
    expect((await send(endpoint, { host: restHost, method: 'DELETE', path: '/vaults/x' })).status).toBe(403);
    expect((await versionsOf(deployment.functionName('doors'))).length).toBe(10);
  });
}

/** Publishes versions. AWS publishes a version only after a change, so the description changes, and at last is empty again. */
async function publishVersions(FunctionName: string, count: number): Promise<void> {
  const lambda = new LambdaClient(clientOptions());
  for (let version = count; version > 0; version--) {
    const Description = version === 1 ? '' : `version ${version}`;
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
    await lambda.send(new PublishVersionCommand({ FunctionName }));
  }
  lambda.destroy();
}

async function versionsOf(FunctionName: string): Promise<string[]> {
  const lambda = new LambdaClient(clientOptions());
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  lambda.destroy();
  return Versions.map(({ Version = '' }) => Version).filter((version) => version !== '$LATEST');
}
