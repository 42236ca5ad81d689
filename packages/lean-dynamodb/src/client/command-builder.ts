/** Replaces client-dynamodb's commandBuilder.js. A command holds its input and its schema, without a middleware stack. */
import type { OperationSchema } from './schema';

/**
 * Endpoint parameters of the operations. The SDK's commands import them by these names. They are empty, because only
 * account-based endpoints need them, and the lean client does not support these.
 */
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
/** Middleware of the operations. The SDK's commands import it by this name. */
export const _mw0 = undefined;

/** Creates the class of a command. @param schema the SDK's schema of the operation */
export function command(_endpoint: unknown, _plugins: unknown, _name: string, schema: OperationSchema) {
  return class {
    readonly input: unknown;
    readonly schema = schema;

    constructor(input?: unknown) {
      this.input = input ?? {};
    }
  };
}
