/** The steps on removed routes of a REST API, in a copy of the project whose contract lacks the routes. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { copyProject, type ProjectCopy } from '../../support/project-copy';
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
    const copy = copyProject('removed-route-');
    try {
      await removeRoute(suite(), copy);
      await removeRouteAndStop(suite(), copy);
    } finally {
      rmSync(copy.root, { recursive: true });
    }
    // Creates the routes again.
    await suite().deployment.npm('deploy', ['--yes', STACK]);
  });
}

async function removeRoute({ deployment, target }: Suite, copy: ProjectCopy): Promise<void> {
  copy.edit(`function/${STACK}/contract.ts`, /^ *'PUT .*\n/m, '');
  let output = '';
  const deploy = async () => (output = await deployment.npmIn(copy.root, 'deploy', ['--yes', STACK]));
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
async function removeRouteAndStop({ deployment }: Suite, copy: ProjectCopy): Promise<void> {
  copy.edit(`function/${STACK}/contract.ts`, /^ *'GET \/product'.*\n/m, '');
  const options = { app: copy.root, out: 'removed-route', outputsFile: path.join(WORK, 'removed-route.json') };
  const { status, output } = await deployment.cdktf('deploy', [STACK], options).ended;
  expect({ status, output: status === 0 ? '' : output.slice(-4000) }).toEqual({ status: 0, output: '' });
  const printed = await deployment.npmIn(copy.root, 'deploy', ['--yes', STACK]);
  expect(printed).toMatch(new RegExp(`${STACK}: has no changes[^]*${STACK}: replacing ${DEPLOYMENT}`));
}
