/** Adds example requests to routes, as comments in Terraform's JSON. The console page of the local run shows them. */
import type { TerraformElement } from 'cdktf';

export interface RouteExample {
  /** Body of the example, as a JSON value. */
  readonly body?: unknown;
  /** Names of the query parameters that the route takes. */
  readonly query?: readonly string[];
  /** Values of path and query parameters by name. @default `example-1` in the path, nothing in the query */
  readonly values?: Readonly<Record<string, string>>;
}

/** Adds the example to a route or method under the key `//`, which Terraform ignores. */
export function withExample<E extends TerraformElement>(element: E, example: RouteExample | undefined): E {
  if (example) element.addOverride('//.example', example);
  return element;
}
