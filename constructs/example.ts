/** An example of a request, as a comment in Terraform's JSON: deployed it is nothing; the local run's console page shows it. */
import type { TerraformElement } from 'cdktf';

export interface RouteExample {
  /** A body that the route takes. */
  readonly body?: unknown;
  /** Names of the query parameters that it takes. */
  readonly query?: readonly string[];
}

/** Terraform ignores what is under `//`. */
export function withExample<E extends TerraformElement>(element: E, example: RouteExample | undefined): E {
  if (example) element.addOverride('//.example', example);
  return element;
}
