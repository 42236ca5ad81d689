/** Replaces client-dynamodb's commandBuilder.js: a command is its input and its schema, and builds no middleware stack. */
import type { OperationSchema } from './schema';

/** Endpoint parameters of operations: of use to account-based endpoints alone, which are not taken (see endpoint.ts). */
export const _ep0 = {};
export {
  _ep0 as _ep1,
  _ep0 as _ep2,
  _ep0 as _ep3,
  _ep0 as _ep4,
  _ep0 as _ep5,
  _ep0 as _ep6,
  _ep0 as _ep7,
  _ep0 as _ep8,
  _ep0 as _ep9,
  _ep0 as _ep10,
  _ep0 as _ep11,
  _ep0 as _ep12,
  _ep0 as _ep13,
  _ep0 as _ep14,
};
export const _mw0 = undefined;

/** @param schema the operation's, from the SDK's own schemas */
export function command(_endpoint: unknown, _plugins: unknown, _name: string, schema: OperationSchema) {
  return class {
    readonly input: unknown;
    readonly schema = schema;

    constructor(input?: unknown) {
      this.input = input ?? {};
    }
  };
}
