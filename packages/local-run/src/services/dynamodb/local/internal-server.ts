/** Serves the built-in DynamoDB to the local run itself, on the port of dynalite. A call needs the token of this run in its path. */
import type { Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { foreignReason } from '../foreign-request';
import type { Backend } from '../guard/guard';

/**
 * Makes the server answer calls whose path is the token, and refuse all others.
 * @param token in the endpoint that the local run uses: `http://127.0.0.1:8000/TOKEN`
 */
export function serveInternally(server: Server, token: string, backend: Backend): void {
  server.on('request', (request, response) => {
    const path = request.url?.replace(/\/$/, '');
    if (path !== `/${token}` || foreignReason(request.headers) !== undefined) {
      response.writeHead(403, { 'content-length': 0 }).end();
      return;
    }
    buffer(request).then(
      (body) => backend.answer(request, response, body),
      // The caller has closed the connection.
      () => undefined,
    );
  });
}
