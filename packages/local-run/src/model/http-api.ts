/** An HTTP API as plain data. */
import type { ApiDeploymentBase, RouteDeployment } from './api';

export interface HttpApiDeployment extends ApiDeploymentBase<HttpRouteDeployment> {
  readonly kind: 'http-api';
  readonly cors?: CorsDeployment;
}

export interface HttpRouteDeployment extends RouteDeployment {
  /** The format of the function's event and result. @default 2.0 */
  readonly payloadFormat?: '1.0' | '2.0';
  /** Changes of the request before the function gets its event. */
  readonly requestMappings?: readonly ParameterMapping[];
  /** Changes of the function's response, by its status code. */
  readonly responseMappings?: Readonly<Record<string, readonly ParameterMapping[]>>;
}

/** A change of a header, a query parameter, the path or the status code. */
export interface ParameterMapping {
  readonly operation: 'append' | 'overwrite' | 'remove';
  readonly target: 'header' | 'querystring' | 'path' | 'statuscode';
  /** The name of the header, in lower case, or of the query parameter. Empty for the path and the status code. */
  readonly name: string;
  /** Texts and variables, which the gateway joins. */
  readonly value: readonly (string | MappingVariable)[];
}

/** A value of the request, or of the response in the mappings of responses. */
export interface MappingVariable {
  readonly from: 'header' | 'querystring' | 'body' | 'path' | 'pathParameter' | 'context' | 'stageVariable';
  /** Names, and indices of lists in a body. Empty for the path and for a whole body. */
  readonly keys: readonly (string | number)[];
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
