/** `--strict`: refuses a start or a reload with something that is not simulated. */
import { DeploymentError } from '../model/deployment-error';
import { notSimulatedText } from '../model/not-simulated';
import type { ReadStacks } from './read-stacks';

/** @throws DeploymentError that lists what the local run does not simulate, and what AWS or Terraform refuses */
export function checkStrict({ deployments, failures }: ReadStacks): void {
  const parts = deployments.flatMap(({ stack, notSimulated }) =>
    notSimulated.map((part) => `${stack}: ${notSimulatedText(part)}.`),
  );
  const all = [...failures, ...parts];
  if (all.length === 0) return;
  throw new DeploymentError(
    [
      '--strict: routes would answer 501, because:',
      ...all.map((text) => `  ${text}`),
      'Change these parts, or start without --strict.',
    ].join('\n'),
  );
}
