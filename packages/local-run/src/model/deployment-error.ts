/** The stacks cannot run locally: AWS would refuse them, or they use a feature that the local run does not support. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}
