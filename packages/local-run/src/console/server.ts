/** The console page's server, on a loopback port of its own: the page's files, and all that it shows as JSON. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Deployment } from '../model/deployment';
import { PACKAGE_ROOT } from '../package-root';
import { HOST } from '../services/api-gateway/server';
import { readBody } from '../services/api-gateway/request';
import { apiKeysOf } from '../print/api-keys';
import type { Site } from '../engine/site';
import { refusal, SECURITY_HEADERS } from './access';
import type { History } from './history';
import { readAsked, SendError, SendTimeout, sendTo } from './send';
import { pageStacks } from './stacks';
import { TableError, tablePage } from './tables';

const FILES = path.join(PACKAGE_ROOT, 'src/console/files');

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** A body for one of the APIs, as JSON. */
const MOST_BODY_BYTES = 32 * 1024 * 1024;

/** Pages that are open at once; each has a connection of its own. */
const MOST_LISTENERS = 20;

/** A page that does not read for so many bytes is let go; it comes back by itself. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;

const ITEMS_A_PAGE = 25;
const MOST_ITEMS_A_PAGE = 100;

/** The port of the console page cannot be listened on. */
export class ConsolePortError extends Error {
  override readonly name = 'ConsolePortError';
}

export interface PageSource {
  readonly site: Pick<Site, 'deployments' | 'urlOf'>;
  readonly history: History;
  /** DynamoDB's door for the run itself. */
  readonly dynamodbEndpoint: string;
  /** How long an API may take to answer what the page sends. @default 60 seconds */
  readonly sendTimeoutMs?: number;
}

class NotFound extends Error {}

export class PageServer {
  private readonly server: Server;
  private readonly listeners = new Set<ServerResponse>();
  private keys: { readonly deployments: readonly Deployment[]; readonly values: readonly string[] } | undefined;

  constructor(private readonly source: PageSource) {
    source.history.begin(() => this.apiKeys());
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** For each request: they change when the stacks do. */
  private apiKeys(): readonly string[] {
    const { deployments } = this.source.site;
    if (this.keys?.deployments !== deployments) this.keys = { deployments, values: apiKeysOf(deployments) };
    return this.keys.values;
  }

  /**
   * @param port 0: any free one
   * @param orAny whether any free one will do where it is taken
   * @returns the page's address
   * @throws ConsolePortError
   */
  async listen(port: number, orAny: boolean): Promise<string> {
    try {
      await this.listenOn(port);
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      if (!orAny) {
        const why = code === 'EADDRINUSE' ? this.takenBy(port) : `cannot be used (${code})`;
        throw new ConsolePortError(`Port ${port} ${why}. Give another one with --console-port, or 0 for any free one.`);
      }
      await this.listenOn(0);
    }
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private takenBy(port: number): string {
    const { site } = this.source;
    const own = site.deployments.find(({ stack, apis }) =>
      apis.some(({ address }) => site.urlOf(stack, address)?.endsWith(`:${port}`)),
    );
    return own ? `is that of an API of the stack ${own.stack}` : 'is taken';
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

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      const refused = refusal(request);
      if (refused !== undefined) json(response, 403, { message: refused });
      else if (request.method === 'POST') await this.post(request, response);
      else await this.get(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else json(response, statusOf(error), { message: (error as Error).message });
    }
  }

  private async get(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Of a HEAD, Node.js leaves the body out.
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new NotFound(`There is no ${request.method} here.`);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const { site, history } = this.source;
    const [, number] = /^\/api\/requests\/(\d+)$/.exec(pathname) ?? [];
    const [, table] = /^\/api\/tables\/([^/]+)\/items$/.exec(pathname) ?? [];
    if (pathname === '/api/stacks') json(response, 200, { stacks: pageStacks(site.deployments) });
    else if (pathname === '/api/requests') json(response, 200, { requests: history.list() });
    else if (pathname === '/api/events' && request.method === 'GET') this.events(request, response);
    else if (number !== undefined) {
      const one = history.one(Number(number));
      if (!one) throw new NotFound(`The request ${number} is not among the last.`);
      json(response, 200, one);
    } else if (table !== undefined) await this.items(table, searchParams, response);
    else file(pathname, response);
  }

  private async items(name: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const tables = this.source.site.deployments.flatMap((deployment) => deployment.tables);
    const table = tables.find((one) => one.name === name);
    if (!table) throw new NotFound(`There is no table ${name}.`);
    const limit = Number(query.get('limit') ?? ITEMS_A_PAGE);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS_A_PAGE) {
      throw new TableError(
        `limit: saw ${query.get('limit')}; allowed is a whole number from 1 to ${MOST_ITEMS_A_PAGE}.`,
      );
    }
    const start = query.get('start') ?? undefined;
    json(response, 200, await tablePage(this.source.dynamodbEndpoint, table, { limit, start }));
  }

  private async post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== '/api/send') throw new NotFound(`There is no POST ${request.url}.`);
    const body = await readBody(request, MOST_BODY_BYTES);
    if (!body) throw new SendError('The body is larger than 32 MB.');
    const asked = readAsked(parsed(body));
    const url = this.source.site.urlOf(asked.stack, asked.api);
    if (url === undefined) throw new NotFound(this.noApi(asked.stack, asked.api));
    json(response, 200, await sendTo(url, asked, this.source.sendTimeoutMs));
  }

  private noApi(stack: string, api: string): string {
    const deployment = this.source.site.deployments.find((one) => one.stack === stack);
    if (!deployment) return `There is no stack ${stack}.`;
    const known = deployment.apis.map(({ address }) => address).join(', ');
    return `The stack ${stack} has no API ${api}, by its address in Terraform; it has ${known}.`;
  }

  /** Server-sent events: `request` with each request, again when more log lines of it came, and `reload`. */
  private events(request: IncomingMessage, response: ServerResponse): void {
    if (this.listeners.size >= MOST_LISTENERS) {
      json(response, 503, { message: `${MOST_LISTENERS} pages listen already; close some.` });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    this.listeners.add(response);
    const end = this.source.history.subscribe(({ kind, data }) => {
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
      else response.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
    });
    request.once('close', () => {
      end();
      this.listeners.delete(response);
    });
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404;
  if (error instanceof SendTimeout) return 504;
  return error instanceof SendError || error instanceof TableError ? 400 : 500;
}

/** One of the page's own; names with anything but letters do not come to the file system. */
function file(pathname: string, response: ServerResponse): void {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = TYPES[path.extname(name)];
  if (type === undefined || !/^[a-z-]+\.[a-z]+$/.test(name)) throw new NotFound(`There is no ${pathname}.`);
  let content: Buffer;
  try {
    content = readFileSync(path.join(FILES, name));
  } catch {
    throw new NotFound(`There is no ${pathname}.`);
  }
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
  response.end(content);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new SendError('The body is no JSON.');
  }
}
