/** Sends new requests and reloads to open pages as server-sent events. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { History } from './history';
import { HttpError } from './responses';

/** Each open page holds one connection. */
const MAX_STREAMS = 20;

/** A page with more unread bytes is disconnected. Its browser reconnects. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

export class EventStreams {
  private readonly streams = new Set<ServerResponse>();

  constructor(private readonly history: History) {}

  /**
   * Events: `request` with each request, repeated when more of its log lines arrive, and `reload`.
   * @throws HttpError (503) when too many pages are open
   */
  open(request: IncomingMessage, response: ServerResponse): void {
    if (this.streams.size >= MAX_STREAMS) {
      throw new HttpError(503, `${MAX_STREAMS} pages are open already. Close one of them.`);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    this.streams.add(response);
    const unsubscribe = this.history.subscribe(({ kind, data }) => {
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
      else response.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
    });
    request.once('close', () => {
      unsubscribe();
      this.streams.delete(response);
    });
  }
}
