/** The servers that the APIs listen on: each API keeps its own, and so its port, for as long as it is among the stacks. */
import type { ApiDeployment } from '../model/deployment';
import { apiAddresses } from '../source/deployment';
import { GatewayServer, type GatewayServerOptions, PortError } from '../services/api-gateway/server';
import type { TerraformStack } from '../source/terraform-json/stack';

export interface Server {
  readonly url: string;
  readonly server: GatewayServer;
  deployment?: ApiDeployment;
}

/** Those for some stacks, which are not yet, or no longer, the ones that serve. */
export class ServerSet {
  /** @param servers by the APIs that they are for: see keyOf */
  constructor(readonly servers: ReadonlyMap<string, Server>) {}

  /** @param address the API's in Terraform; undefined when there is no such API */
  of(stack: string, address: string): Server | undefined {
    return this.servers.get(keyOf(stack, address));
  }

  /** Where the APIs of a stack listen, by their addresses in Terraform. */
  endpoints(stack: TerraformStack): Map<string, string> {
    return new Map(apiAddresses(stack).map((address) => [address, this.of(stack.name, address)?.url ?? '']));
  }
}

/** What tells an API from others: its stack, and its address in Terraform. */
const keyOf = (stack: string, address: string) => `${stack} ${address}`;

export class Servers {
  private current = new ServerSet(new Map());
  private nextPort: number;

  /** @param port of the first API; the next has the following. 0: any free ones */
  constructor(
    port: number,
    private readonly options: Pick<GatewayServerOptions, 'barrier' | 'onRequest'>,
  ) {
    this.nextPort = port;
  }

  /** @returns where an API listens; undefined when there is none at this address in Terraform */
  urlOf(stack: string, address: string): string | undefined {
    return this.current.of(stack, address)?.url;
  }

  /**
   * Those that serve, where there are any, and new ones.
   * @throws PortError; the new ones are closed then
   */
  async listen(stacks: readonly TerraformStack[]): Promise<ServerSet> {
    const servers = new Map<string, Server>();
    try {
      for (const stack of stacks) {
        for (const address of apiAddresses(stack)) {
          servers.set(
            keyOf(stack.name, address),
            this.current.of(stack.name, address) ?? (await this.newServer(stack.name, address)),
          );
        }
      }
    } catch (error) {
      await this.discard(new ServerSet(servers));
      throw error;
    }
    return new ServerSet(servers);
  }

  /** From here on these serve; others close once they have answered what is under way. */
  async adopt(set: ServerSet): Promise<void> {
    const before = this.current;
    this.current = set;
    await this.discard(before);
  }

  /** Closes those of a set that do not serve, once they have answered what is under way. */
  async discard({ servers }: ServerSet): Promise<void> {
    const serving = new Set(this.current.servers.values());
    const gone = [...servers.values()].filter((server) => !serving.has(server));
    await Promise.all(
      gone.map(async ({ server }) => {
        await server.drain();
        await server.close();
      }),
    );
  }

  /** Ends everything at once. */
  async stop(): Promise<void> {
    await Promise.all([...this.current.servers.values()].map(({ server }) => server.close()));
  }

  private async newServer(stack: string, api: string): Promise<Server> {
    const server = new GatewayServer({ ...this.options, stack, api });
    const port = this.nextPort;
    if (port !== 0) this.nextPort += 1;
    try {
      return { url: await server.listen(port), server };
    } catch (error) {
      // At a reload nobody can choose another port any more.
      if (!(error instanceof PortError) || this.current.servers.size === 0) throw error;
      return { url: await server.listen(0), server };
    }
  }
}
