/** Replaces API Gateway deployments that still serve removed routes, with a second plan after the apply. */
import { Failures } from '../failures';
import type { PlanJson } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { TERRAFORM_WRAPPER } from '../terraform/program';
import type { SynthesizedStack } from '../terraform/synth';
import { terraform } from '../terraform/terraform';
import { findAfterApply } from './found-deployments';
import type { StaleDeployment } from './removed-routes';
import type { ServedRoutes } from './served-routes';
import { unexpectedChanges } from './unexpected-changes';

/** Files in the stack's folder: the second plan, and the output of its apply. */
const PLAN_FILE = 'redeploy.tfplan';
const LOG_FILE = 'redeploy.log';

const LOCK_TIMEOUT = '-lock-timeout=60s';

const INTERRUPTED =
  'Interrupted. Stages may still serve removed routes, which answer 500. Repeat npm run deploy: it replaces their deployments.';

/**
 * Replaces the deployments that serve removed routes: those that the plans announced, and those that an interrupted deployment
 * left. Goes on with the other stacks when one fails. On an interrupt, ends after the started replacement.
 * @param plans the applied plans of the stacks
 * @param planned the deployments that the plans announced
 * @throws Error when a deployment cannot be replaced without another change, or when API Gateway does not answer
 */
export async function replaceStaleDeployments(
  stacks: readonly SynthesizedStack[],
  plans: readonly StackPlan[],
  planned: readonly StaleDeployment[],
  served: Pick<ServedRoutes, 'compare'>,
): Promise<void> {
  const failures = new Failures();
  let interrupted = false;
  const onInterrupt = () => {
    if (!interrupted) console.error(`\n${INTERRUPTED}`);
    interrupted = true;
  };
  process.on('SIGINT', onInterrupt);
  try {
    for (const plan of plans) {
      const stack = stacks.find(({ name }) => name === plan.stack);
      if (!stack) continue;
      await failures.collect(async () => {
        const announced = planned.filter((deployment) => deployment.stack === plan.stack);
        const addresses = announced.map(({ address }) => address);
        const stale = [...announced, ...(await findAfterApply(plan, addresses, served))];
        if (stale.length === 0) return;
        if (interrupted) throw new Error(`${plan.stack}: no deployment was replaced, because of the interrupt.`);
        await replaceDeployments(stack, stale, served);
      });
    }
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  failures.throwAll();
}

/** Replaces deployments of one stack. @throws Error when the plan would change anything else; it then changes nothing */
async function replaceDeployments(
  { name, folder }: SynthesizedStack,
  stale: readonly StaleDeployment[],
  served: Pick<ServedRoutes, 'compare'>,
): Promise<void> {
  await refuseUnpublishedRoutes(name, stale, served);
  const addresses = stale.map(({ address }) => address);
  console.log(`\n${name}: replacing ${addresses.join(', ')}, so that the stage no longer serves removed routes`);
  const replace = addresses.map((address) => `-replace=${address}`);
  await terraform(folder, ['plan', '-no-color', LOCK_TIMEOUT, `-out=${PLAN_FILE}`, ...replace]);
  const { stdout } = await terraform(folder, ['show', '-json', PLAN_FILE]);
  const unexpected = unexpectedChanges(JSON.parse(stdout) as PlanJson, addresses);
  if (unexpected.length > 0) throw new Error(refusal(name, stale, unexpected));
  await terraform(folder, ['apply', '-no-color', '-input=false', LOCK_TIMEOUT, PLAN_FILE], {
    command: TERRAFORM_WRAPPER,
    logFile: LOG_FILE,
  });
  await expectNoRemovedRoutes(name, stale, served);
}

/**
 * Refuses to publish routes that nobody reviewed. A new deployment copies the API as it is, with methods that somebody added outside
 * of Terraform. A planned replacement follows an apply of this API, which a person approved.
 */
async function refuseUnpublishedRoutes(
  stack: string,
  stale: readonly StaleDeployment[],
  served: Pick<ServedRoutes, 'compare'>,
): Promise<void> {
  for (const { cause, restApiId, stages } of stale) {
    if (cause === 'plan') continue;
    for (const stage of stages) {
      const { unpublished } = await served.compare(restApiId, stage);
      if (unpublished.length === 0) continue;
      throw new Error(
        `${stack}: the REST API ${restApiId} has routes that the stage ${stage} does not serve: ${unpublished.join(', ')}. Somebody ` +
          'added them outside of Terraform. Replacing the deployment would publish them, so it was not replaced, and removed routes ' +
          'still answer 500. Delete these routes, and repeat npm run deploy.',
      );
    }
  }
}

/** @throws Error with the routes that a stage still serves */
async function expectNoRemovedRoutes(
  stack: string,
  stale: readonly StaleDeployment[],
  served: Pick<ServedRoutes, 'compare'>,
): Promise<void> {
  for (const { address, restApiId, stages } of stale) {
    for (const stage of stages) {
      const { removed } = await served.compare(restApiId, stage);
      if (removed.length === 0) continue;
      throw new Error(
        `${stack}: ${address} was replaced, but the stage ${stage} of the REST API ${restApiId} still serves ${removed.join(', ')}. ` +
          'Look at the deployment of the stage in API Gateway, and repeat npm run deploy.',
      );
    }
  }
}

/** Says why the second plan was not applied. @param unexpected its unexpected changes */
function refusal(stack: string, stale: readonly StaleDeployment[], unexpected: readonly string[]): string {
  const addresses = stale.map(({ address }) => address).join(', ');
  const routes = stale.some(({ breaksRoutes }) => breaksRoutes)
    ? 'The stage still serves the removed routes, which answer 500.'
    : 'The stage still serves the removed settings.';
  const onlyAliases = unexpected.every((address) => address.startsWith('aws_lambda_alias.'));
  const remedy = onlyAliases
    ? 'Somebody moved the alias, probably with npm run rollback: npm run deploy would move it forward again. Revert the faulty ' +
      'change, then run npm run deploy.'
    : 'Run npm run deploy again: it plans these changes.';
  return (
    `${stack}: the plan to replace ${addresses} has unexpected changes, so it was not applied: ${unexpected.join(', ')}. ` +
    `${routes} ${remedy}`
  );
}
