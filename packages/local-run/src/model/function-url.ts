/** A function URL as plain data. */
import type { ApiDeploymentBase, RouteDeployment } from './api';
import type { CorsDeployment } from './http-api';

/** It has one route, `$default`, and the name of its function. */
export interface FunctionUrlDeployment extends ApiDeploymentBase<RouteDeployment> {
  readonly kind: 'function-url';
  readonly cors?: CorsDeployment;
}
