/** Replaces @smithy/core's client.js, the base of DynamoDBClient and of DynamoDBDocumentClient: sends without middleware. */
import { unsupported } from './unsupported';

/** Required of a client's configuration. DynamoDBDocumentClient uses the configuration of its DynamoDBClient. */
export interface Sender {
  run(command: object, options: object): Promise<unknown>;
  readonly requestHandler: { destroy(): void };
}

type Callback = (error: unknown, output?: unknown) => void;

/** Plugins such as X-Ray's would use it: every use throws. */
const middlewareStack = new Proxy(
  // DynamoDBDocumentClient recognizes a client of its version by this name.
  { identify: () => ['serializerMiddleware'] },
  {
    get(target, name) {
      if (name === 'identify') return target.identify;
      throw unsupported(`This client has no middleware, but middlewareStack.${String(name)} was used.`);
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
