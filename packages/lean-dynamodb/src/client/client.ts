/** Replaces @smithy/core's client.js: the base class of DynamoDBClient and DynamoDBDocumentClient, without middleware. */
import { unsupported } from './unsupported';

/**
 * The part of a client's configuration that sends commands. DynamoDBDocumentClient uses the configuration of its
 * DynamoDBClient.
 */
export interface Sender {
  run(command: object, options: object): Promise<unknown>;
  readonly requestHandler: { destroy(): void };
}

type Callback = (error: unknown, output?: unknown) => void;

/** Throws an error on every use, for example by X-Ray's plugin. */
const middlewareStack = new Proxy(
  // DynamoDBDocumentClient looks for this name to recognize a client that it supports.
  { identify: () => ['serializerMiddleware'] },
  {
    get(target, name) {
      if (name === 'identify') return target.identify;
      throw unsupported(`middlewareStack.${String(name)} was used, but this client has no middleware.`);
    },
  },
);

export class Client<Config extends Sender> {
  readonly middlewareStack = middlewareStack;

  constructor(readonly config: Config) {}

  send(command: object, options?: object | Callback, callback?: Callback): unknown {
    const done = typeof options === 'function' ? (options as Callback) : callback;
    const result = this.config.run(command, typeof options === 'function' ? {} : (options ?? {}));
    if (!done) return result;
    result.then((output) => done(null, output), done);
    return undefined;
  }

  destroy(): void {
    this.config.requestHandler.destroy();
  }
}
