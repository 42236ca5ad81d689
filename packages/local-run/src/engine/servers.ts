/** Manages the HTTP servers of the APIs. An API keeps its server and port across reloads until its stack drops it. */
import type { ApiDeployment } from '../model/deployment';
import { apiAddresses } from '../source/deployment';
import { GatewayServer, type GatewayServerOptions, PortError } from '../services/api-gateway/server';
import type { Stack } from '../source/stack';
import type { Ports } from './ports';

export interface Server {
  readonly url: string;
  readonly server: GatewayServer;
  /** The API at each of its stages. */
  deployments?: readonly ApiDeployment[];
}

/** The servers of a set of stacks. During a reload, a current and a next set exist. */
export class ServerSet {
  /** @param servers by `serverKey` */
  constructor(readonly servers: ReadonlyMap<string, Server>) {}

  /**
   * @param address Terraform address of the API
   * @returns undefined when the set has no such API
   */
  find(stack: string, address: string): Server | undefined {
    return this.servers.get(serverKey(stack, address));
  }

  /** The servers of the stacks with these names. */
  only(stacks: readonly string[]): ServerSet {
    const keys = [...this.servers].filter(([key]) => stacks.some((stack) => key.startsWith(serverKey(stack, ''))));
    return new ServerSet(new Map(keys));
  }

  /** The URLs of a stack's APIs, by Terraform address. */
  endpoints(stack: Stack): Map<string, string> {
    return new Map(apiAddresses(stack).map((address) => [address, this.find(stack.name, address)?.url ?? '']));
  }
}

/** Identifies an API: Terraform addresses are unique only within a stack. */
const serverKey = (stack: string, address: string) => `${stack} ${address}`;

export class Servers {
  private current = new ServerSet(new Map());

  constructor(
    private readonly ports: Ports,
    private readonly options: Pick<GatewayServerOptions, 'barrier' | 'onRequest'>,
  ) {}

  /** @returns the URL of an API; undefined when the stack has no API at this Terraform address */
  urlOf(stack: string, address: string): string | undefined {
    return this.current.find(stack, address)?.url;
  }

  /** Chooses the ports of all APIs of these stacks, without servers. */
  reservePorts(stacks: readonly Stack[]): void {
    for (const stack of stacks)
      for (const address of apiAddresses(stack)) this.ports.portOf(serverKey(stack.name, address));
  }

  /**
   * Returns a server for each API of these stacks: its current server, or a new server that already listens.
   * @throws PortError, after it has closed the new servers
   */
  async listen(stacks: readonly Stack[]): Promise<ServerSet> {
    const servers = new Map<string, Server>();
    try {
      for (const stack of stacks) {
        for (const address of apiAddresses(stack)) {
          servers.set(
            serverKey(stack.name, address),
            this.current.find(stack.name, address) ?? (await this.startServer(stack.name, address)),
          );
        }
      }
    } catch (error) {
      await this.discard(new ServerSet(servers));
      throw error;
    }
    return new ServerSet(servers);
  }

  /** Makes a set the current set. Servers outside the set finish their pending requests and close. */
  async replaceCurrent(set: ServerSet): Promise<void> {
    const previous = this.current;
    this.current = set;
    await this.discard(previous);
  }

  /** Closes the servers of a set that are not in the current set, after their pending requests. */
  async discard({ servers }: ServerSet): Promise<void> {
    const current = new Set(this.current.servers.values());
    const unused = [...servers.values()].filter((server) => !current.has(server));
    await Promise.all(
      unused.map(async ({ server }) => {
        await server.drain();
        await server.close();
      }),
    );
  }

  /** Closes all servers immediately, with their pending requests. */
  async stop(): Promise<void> {
    await Promise.all([...this.current.servers.values()].map(({ server }) => server.close()));
  }

  private async startServer(stack: string, api: string): Promise<Server> {
    const server = new GatewayServer({ ...this.options, stack, api });
    const port = this.ports.portOf(serverKey(stack, api));
    try {
      return { url: await server.listen(port), server };
    } catch (error) {
      // During a reload, the user can no longer choose a port. Any free port replaces it.
      if (!(error instanceof PortError) || this.current.servers.size === 0) throw error;
      return { url: await server.listen(0), server };
    }
  }
}
