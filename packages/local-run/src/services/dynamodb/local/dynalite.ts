/** Calls dynalite in this thread, without a connection. */
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { PLACEHOLDER_SIGNATURE } from '../placeholder-signature';

type Listener = (request: object, response: object) => void;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How long dynalite may take for a call of the local run itself. It never answers a call for which it throws late. */
const CALL_TIMEOUT_MS = 10_000;

export class Dynalite {
  private readonly listener: Listener | undefined;

  /** @param server of dynalite. Another request listener replaces dynalite's. */
  constructor(server: Server) {
    [this.listener] = server.listeners('request') as Listener[];
    server.removeAllListeners('request');
  }

  /**
   * Answers a request whose body has been read. dynalite gets a replacement request. It has the members that dynalite uses:
   * `headers`, `method`, `url`, and the events `data` and `end`.
   * @throws what dynalite throws for the request
   */
  serve({ headers, method }: IncomingMessage, response: ServerResponse, body: Buffer): void {
    this.listen({ headers, method }, response, body);
  }

  /** Calls an operation. Returns the answer, also when it is an error. @throws Error when dynalite does not answer */
  async call(operation: string, input: object): Promise<Answer> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      ...PLACEHOLDER_SIGNATURE,
    };
    const response = new MemoryResponse();
    const ended = once(response, 'ended', { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
    // If dynalite throws, nothing awaits the event.
    ended.catch(() => undefined);
    this.listen({ headers, method: 'POST' }, response, Buffer.from(JSON.stringify(input)));
    await ended;
    return { status: response.statusCode, body: JSON.parse(response.text) as Answer['body'] };
  }

  private listen(members: object, response: object, body: Buffer): void {
    const request = Object.assign(new EventEmitter(), { ...members, url: '/' });
    this.listener?.(request, response);
    request.emit('data', body);
    request.emit('end');
  }
}

/** A response that keeps its body. It has the members that dynalite uses. */
class MemoryResponse extends EventEmitter {
  statusCode = 200;
  text = '';

  setHeader(): void {
    // dynalite's headers are for the SDK.
  }

  end(text = ''): void {
    this.text = text;
    this.emit('ended');
  }
}
