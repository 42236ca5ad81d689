/** The steps on removed routes of a REST API. The last deployment lacks the routes. */
import path from 'node:path';
import { editFile } from './edit-file';
import { progress } from './progress';
import { step } from './steps';
import type { Suite } from './suite';
import { WORK } from './target';

/** A stack with a REST API. */
const STACK = 'products';

const DEPLOYMENT = 'aws_api_gateway_deployment.api';

/** Requests to API Gateway whose order decides which routes the stage serves. */
const REQUESTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^POST \/restapis\/[^/]+\/deployments$/, 'CreateDeployment'],
  [/^PATCH \/restapis\/[^/]+\/stages\/[^/]+$/, 'UpdateStage'],
  [/^DELETE \/restapis\/[^/]+\/resources\/[^/]+\/methods\/[A-Z]+$/, 'DeleteMethod'],
];

/**
 * Adds the steps.
 * @param suite returns the target and the deployment; each step calls it when it runs
 * @param stacks returns the deployed stacks
 */
export function addRemovedRouteSteps(suite: () => Suite, stacks: () => readonly string[]): void {
  step('after npm run deploy has removed a route of a REST API, it replaces the deployment', async () => {
    if (!stacks().includes(STACK)) {
      progress(`  skipped: the project has no stack ${STACK}`);
      return;
    }
    await removeRoute(suite());
    await removeRouteAndStop(suite());
  });
}

async function removeRoute({ deployment, target }: Suite): Promise<void> {
  editFile(`function/${STACK}/contract.ts`, /^ *'PUT .*\n/m, '');
  let output = '';
  const deploy = async () => (output = await deployment.npm('deploy', ['--yes', STACK]));
  if (target.recorder) {
    const requests = await target.recorder.requestsDuring(deploy);
    const names = requests.flatMap((request) => REQUESTS.find(([pattern]) => pattern.test(request))?.[1] ?? []);
    progress(`  ${names.join(', ')}`);
    // Terraform creates the first deployment before it deletes the method.
    expect(names.indexOf('CreateDeployment')).toBeLessThan(names.indexOf('DeleteMethod'));
    expect(names.slice(-3)).toEqual(['DeleteMethod', 'CreateDeployment', 'UpdateStage']);
  } else await deploy();
  expect(output).toContain(`${STACK}: after the apply, npm run deploy replaces ${DEPLOYMENT}`);
  expect(output).toContain(`${STACK}: replacing ${DEPLOYMENT}`);
}

/** Deploys with cdktf alone, which makes no second deployment. The next `npm run deploy` makes it. */
async function removeRouteAndStop({ deployment }: Suite): Promise<void> {
  editFile(`function/${STACK}/contract.ts`, /^ *'GET \/product'.*\n/m, '');
  const options = { out: 'removed-route', outputsFile: path.join(WORK, 'removed-route.json') };
  const { status, output } = await deployment.cdktf('deploy', [STACK], options).ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  const printed = await deployment.npm('deploy', ['--yes', STACK]);
  expect(printed).toMatch(new RegExp(`${STACK}: has no changes[^]*${STACK}: replacing ${DEPLOYMENT}`));
}
