/** Replaces @smithy/core's client.js, the base of DynamoDBClient and of DynamoDBDocumentClient: sends without middleware. */
import { refusal } from './refusal';

/** What a client's configuration has to have; DynamoDBDocumentClient takes over the one of its DynamoDBClient. */
export interface Sender {
  run(command: object, options: object): Promise<unknown>;
  readonly requestHandler: { destroy(): void };
}

type Callback = (error: unknown, output?: unknown) => void;

/** Where plugins such as X-Ray's would hook in. */
const middlewareStack = new Proxy(
  // DynamoDBDocumentClient looks for it, to know a client of its own version.
  { identify: () => ['serializerMiddleware'] },
  {
    get(target, name) {
      if (name === 'identify') return target.identify;
      throw refusal(`There is no middleware in this client, but middlewareStack.${String(name)} was used.`);
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
