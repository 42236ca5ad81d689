/** An HTTP API as plain data. */
import type { ApiDeploymentBase, RouteDeployment } from './api';

export interface HttpApiDeployment extends ApiDeploymentBase<HttpRouteDeployment> {
  readonly kind: 'http-api';
  readonly cors?: CorsDeployment;
}

export interface HttpRouteDeployment extends RouteDeployment {
  /** The format of the function's event and result. @default 2.0 */
  readonly payloadFormat?: '1.0' | '2.0';
}

/** The CORS configuration of an HTTP API. With it, the gateway answers preflight requests and sets the CORS headers itself. */
export interface CorsDeployment {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  /** Origins such as `https://example.com`, or a wildcard: `*`, `http://*` or `https://*`. */
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** How long a browser may cache a preflight response, in seconds. */
  readonly maxAge: number | undefined;
}
