/** The result of authorizing a request. */
import type { Outcome } from './gateway';

export type Authorized =
  | {
      readonly allowed: true;
      /** The event's `requestContext.authorizer`. */
      readonly authorizer?: object | undefined;
    }
  | {
      readonly allowed: false;
      /** The response to the caller. */
      readonly refusal: Outcome;
    };
