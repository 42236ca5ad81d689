/** The console's HTTP server. It serves the page's files, the JSON API that the page calls, and the stream of events. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Deployment } from '../model/deployment';
import { type Secrets, secretsOf } from '../print/secrets';
import { HOST } from '../services/api-gateway/server';
import { DOCS_POLICY, refusalReason, SECURITY_HEADERS } from './access';
import { LocalIssuer } from '../services/tokens/local-issuer';
import { callApi } from './api';
import type { ApiSource, ConsoleSource } from './api-call';
import { EventStreams } from './event-streams';
import { ExampleTokens } from './example-tokens';
import { PUBLIC_HEADERS, publicDocument } from './issuer';
import { localOpenApi } from './openapi';
import { servePageFile } from './page-files';
import { decodePathPart, parseTarget } from './request-target';
import { HttpError, sendJson } from './responses';

/** The console's port cannot be used. */
export class ConsolePortError extends Error {
  override readonly name = 'ConsolePortError';
}

export class ConsoleServer {
  private readonly server: Server;
  private readonly events: EventStreams;
  private readonly source: ApiSource;
  private known: { readonly deployments: readonly Deployment[]; readonly secrets: Secrets } | undefined;

  constructor(source: ConsoleSource) {
    const issuer = source.issuer ?? new LocalIssuer();
    this.source = { ...source, issuer, exampleTokens: new ExampleTokens(issuer) };
    source.history.enable(() => this.currentSecrets());
    this.events = new EventStreams(source.history);
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  /**
   * Starts to listen.
   * @param port 0: any free port
   * @param fallback whether to use any free port if `port` cannot be used
   * @returns the URL of the page
   * @throws ConsolePortError
   */
  async listen(port: number, fallback: boolean): Promise<string> {
    try {
      await this.listenOn(port);
    } catch (error) {
      if (!fallback) throw this.portError(port, error as NodeJS.ErrnoException);
      await this.listenOn(0);
    }
    return `${this.url}/`;
  }

  /** The URL of the page without a trailing slash. It is also the URL of the issuer. */
  private get url(): string {
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private listenOn(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, HOST, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  private portError(port: number, { code = 'unknown error' }: NodeJS.ErrnoException): ConsolePortError {
    const { site } = this.source;
    const listensThere = ({ stack, apis }: Deployment) =>
      apis.some(({ address }) => site.urlOf(stack, address)?.endsWith(`:${port}`));
    const owner = site.deployments.find(listensThere);
    const taken = owner ? `is used by an API of the stack ${owner.stack}` : 'is taken';
    const reason = code === 'EADDRINUSE' ? taken : `cannot be used (${code})`;
    return new ConsolePortError(
      `Port ${port} ${reason}. Set another port with --console-port, or 0 for any free port.`,
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      await this.route(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else {
        const { status, details } = error instanceof HttpError ? error : { status: 500, details: {} };
        sendJson(response, status, { message: (error as Error).message, ...details });
      }
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const url = parseTarget(request.url ?? '');
    // The rules below protect the console from other websites. The keys of the issuer are public.
    const document = method === 'GET' && (await publicDocument(url.pathname, this.url, this.source.issuer));
    if (document) {
      for (const [name, value] of Object.entries(PUBLIC_HEADERS)) response.setHeader(name, value);
      sendJson(response, 200, document);
      return;
    }
    const refusal = refusalReason(request);
    if (refusal !== undefined) throw new HttpError(403, refusal);
    if (method === 'GET' && url.pathname === '/api/events') {
      this.events.open(request, response);
      return;
    }
    const body = await callApi(this.source, request, url);
    if (body !== undefined) sendJson(response, 200, body);
    else if (method === 'GET' || method === 'HEAD') this.servePage(url.pathname, response);
    else throw new HttpError(404, `There is no ${method} ${url.pathname}.`);
  }

  /** @throws HttpError (404) when there is no such file, or no OpenAPI document of the stack in `/docs/<stack>` */
  private servePage(pathname: string, response: ServerResponse): void {
    const [, encodedStack] = /^\/docs\/([^/]+)$/.exec(pathname) ?? [];
    if (encodedStack === undefined) {
      servePageFile(pathname, response);
      return;
    }
    localOpenApi(this.source.site, decodePathPart(encodedStack));
    response.setHeader('content-security-policy', DOCS_POLICY);
    servePageFile('/docs.html', response);
  }

  /** The credentials that the stacks that are served now accept. */
  private currentSecrets(): Secrets {
    const { deployments } = this.source.site;
    if (this.known?.deployments !== deployments) this.known = { deployments, secrets: secretsOf(deployments) };
    return this.known.secrets;
  }
}
