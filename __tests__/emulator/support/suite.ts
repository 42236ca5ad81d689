/** The target and the deployment of a suite. They exist after `beforeAll`. */
import type { Deployment } from './deployment';
import type { Target } from './target';

export interface Suite {
  readonly target: Target;
  readonly deployment: Deployment;
}
