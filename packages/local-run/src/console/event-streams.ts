/** Sends new requests and reloads to open pages as server-sent events. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { History } from './history';
import { HttpError } from './responses';

/** The maximum number of open pages. Each page has one connection. */
const MAX_STREAMS = 20;

/** A page with more unread bytes is disconnected. Its browser reconnects. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

export class EventStreams {
  private readonly streams = new Set<ServerResponse>();

  constructor(private readonly history: History) {}

  /**
   * Opens a stream of `request` and `reload` events. A later log line of a request causes another `request` event.
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
