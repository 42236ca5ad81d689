/** Puts the example of a request into Terraform's JSON as a comment, which the local run's console page shows. */
import type { TerraformElement } from 'cdktf';

export interface RouteExample {
  /** A body that the route takes. */
  readonly body?: unknown;
  /** Names of the query parameters that the route takes. */
  readonly query?: readonly string[];
}

/** Terraform ignores the key `//`. */
export function withExample<E extends TerraformElement>(element: E, example: RouteExample | undefined): E {
  if (example) element.addOverride('//.example', example);
  return element;
}
