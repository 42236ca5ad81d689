/** What answers for the stacks: servers, gateways, functions and tables; `apply` brings them to what the stacks say. */
import { isDeepStrictEqual } from 'node:util';
import { apiAddresses, type ApiDeployment, type Deployment, deploymentOf, type FunctionDeployment } from './deployment';
import type { Dynamodb, GuardedDynamodb } from './dynamodb';
import { createTable } from './dynamodb-tables';
import { Gate, type Hold } from './gate';
import { HttpApiGateway } from './gateway/http-api/gateway';
import type { Gateway, Pools } from './gateway/integration';
import { RestApiGateway } from './gateway/rest-api/gateway';
import { GatewayServer, PortError, type RequestLog } from './gateway/server';
import type { DynamodbCall } from './guard/call';
import { guardRules } from './guard/rules';
import type { Growth } from './lambda/growth';
import { TaskRoots } from './lambda/task-roots';
import { ServedFunction } from './served-function';
import type { TerraformStack } from './terraform/stack';
import { Traces } from './trace';

export interface SiteOptions {
  /** Port of the first API; the next has the following. 0: any free ones. */
  readonly port: number;
  /** Folder for the unpacked archives. */
  readonly folder: string;
  readonly onRequest: (log: RequestLog) => void;
  readonly onCall: (call: DynamodbCall) => void;
  readonly onLog: (functionName: string, line: string, requestId?: string) => void;
  /** Logs START, END and REPORT of every invocation, not only what failed. */
  readonly platformLog: boolean;
  readonly growth?: Growth | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Server {
  readonly url: string;
  readonly server: GatewayServer;
  gate?: Gate;
  deployment?: ApiDeployment;
}

type Functions = Map<string, ServedFunction>;

/** By which an API is known again: its stack, and its address in Terraform. */
const keyOf = (stack: string, address: string) => `${stack} ${address}`;

export class Site {
  deployments: readonly Deployment[] = [];
  private guarded: GuardedDynamodb | undefined;
  private servers: ReadonlyMap<string, Server> = new Map();
  /** The functions of each stack, by their ARNs. The gateways have the inner maps, whose entries are exchanged. */
  private readonly functions = new Map<string, Functions>();
  /** Those that still have something under way. */
  private readonly retiring = new Set<ServedFunction>();
  private readonly taskRoots: TaskRoots;
  /** Those of which an `apply` under way makes use. */
  private preparing: readonly FunctionDeployment[] = [];
  /** Those that an `apply` under way is about to exchange for the ones of now. */
  private coming: readonly Deployment[] = [];
  /** Those of before, by whose roles something under way may still call. */
  private leaving: readonly Deployment[] = [];
  private rulesChanged: Promise<void> = Promise.resolve();
  private readonly traces = new Traces();
  private nextPort: number;

  constructor(
    private readonly dynamodb: Dynamodb,
    private readonly hold: Hold,
    private readonly options: SiteOptions,
  ) {
    this.nextPort = options.port;
    this.taskRoots = new TaskRoots(options.folder);
  }

  /**
   * What has not changed stays as it is: its port, its instances, its throttles. Requests under way finish on what they
   * began with. The items of all tables stay, also of a table that is no longer there.
   * @throws DeploymentError, PortError or DataError; all is then as it was before
   */
  async apply(stacks: readonly TerraformStack[]): Promise<void> {
    const servers = await this.listen(stacks);
    let deployments: Deployment[];
    let functions: Map<string, Functions>;
    let gateways: Map<Server, { readonly api: ApiDeployment; readonly stack: string; readonly gateway: Gateway }>;
    try {
      deployments = stacks.map((stack) => deploymentOf(stack, endpoints(stack, servers)));
      const preparing = this.prepareDynamodb(deployments);
      // Takes this thread as long as preparing takes the other one.
      this.preparing = deployments.flatMap((deployment) => deployment.functions);
      for (const one of this.preparing) this.taskRoots.of(one);
      this.guarded = await preparing;
      functions = this.preparedFunctions(deployments, this.guarded);
      gateways = this.preparedGateways(deployments, servers);
      this.coming = deployments;
      await this.changeRules(this.guarded);
    } catch (error) {
      this.coming = [];
      await this.closeAllBut(this.servers, servers);
      throw error;
    }
    this.exchange(functions, gateways);
    const before = this.servers;
    this.servers = servers;
    this.leaving = [...this.leaving, ...this.deployments];
    this.deployments = deployments;
    this.coming = [];
    const { guarded } = this;
    void this.retire()
      .then(() => this.changeRules(guarded))
      .catch(() => undefined);
    void this.closeAllBut(servers, before);
  }

  /** @returns where an API listens; undefined when there is none at this address in Terraform */
  urlOf(stack: string, address: string): string | undefined {
    return this.servers.get(keyOf(stack, address))?.url;
  }

  /** Ends everything at once. */
  async stop(): Promise<void> {
    const all = [...this.functions.values()].flatMap((some) => [...some.values()]);
    await Promise.all([...all, ...this.retiring].map((one) => one.stop()));
    await Promise.all([...this.servers.values()].map(({ server }) => server.close()));
  }

  /** Ports come before evaluation: a stack's outputs, and all that refers to them, have the addresses. */
  private async listen(stacks: readonly TerraformStack[]): Promise<Map<string, Server>> {
    const servers = new Map<string, Server>();
    try {
      for (const stack of stacks) {
        for (const address of apiAddresses(stack)) {
          const key = keyOf(stack.name, address);
          servers.set(key, this.servers.get(key) ?? (await this.newServer()));
        }
      }
    } catch (error) {
      await this.closeAllBut(this.servers, servers);
      throw error;
    }
    return servers;
  }

  private async newServer(): Promise<Server> {
    const server = new GatewayServer((log) => this.options.onRequest(log));
    const port = this.nextPort;
    if (port !== 0) this.nextPort += 1;
    try {
      return { url: await server.listen(port), server };
    } catch (error) {
      // At a reload nobody can choose another port any more.
      if (!(error instanceof PortError) || this.servers.size === 0) throw error;
      return { url: await server.listen(0), server };
    }
  }

  /** The tables, side by side, and at first the door for functions. */
  private prepareDynamodb(deployments: readonly Deployment[]): Promise<GuardedDynamodb> {
    const tables = deployments.flatMap((deployment) => deployment.tables);
    const { endpoint, inMemory } = this.dynamodb;
    const prepared = Promise.all([
      this.guarded ?? this.dynamodb.guard(guardRules(deployments), this.options.onCall),
      ...tables.map((table) => createTable(endpoint, table, this.options.signal, inMemory)),
    ]).then(([guarded]) => guarded);
    // Whoever waits gets to know; when an archive is faulty, nobody does.
    prepared.catch(() => undefined);
    return prepared;
  }

  private preparedFunctions(deployments: readonly Deployment[], guarded: GuardedDynamodb): Map<string, Functions> {
    return new Map(
      deployments.map(({ stack, functions }) => {
        const known = this.functions.get(stack);
        return [
          stack,
          new Map(
            functions.map((deployment) => {
              const same = known?.get(deployment.arn);
              return [deployment.arn, same?.is(deployment) ? same : this.newFunction(deployment, guarded)];
            }),
          ),
        ];
      }),
    );
  }

  private newFunction(deployment: FunctionDeployment, guarded: GuardedDynamodb): ServedFunction {
    return new ServedFunction(
      deployment,
      {
        taskRoot: this.taskRoots.of(deployment),
        dynamodbEndpoint: guarded.endpoint,
        access: guarded,
        onLog: (line, requestId) => this.options.onLog(deployment.name, line, requestId),
        platformLog: this.options.platformLog,
        growth: this.options.growth,
      },
      this.traces,
    );
  }

  private preparedGateways(deployments: readonly Deployment[], servers: ReadonlyMap<string, Server>) {
    const gateways = new Map<Server, { api: ApiDeployment; stack: string; gateway: Gateway }>();
    for (const { stack, apis } of deployments) {
      const functions = this.functions.get(stack) ?? new Map<string, ServedFunction>();
      this.functions.set(stack, functions);
      for (const api of apis) {
        const server = servers.get(keyOf(stack, api.address));
        if (!server || isDeepStrictEqual(server.deployment, api)) continue;
        gateways.set(server, { api, stack, gateway: gatewayOf(api, functions) });
      }
    }
    return gateways;
  }

  /** In one step, between two requests. */
  private exchange(
    functions: ReadonlyMap<string, Functions>,
    gateways: ReadonlyMap<Server, { readonly api: ApiDeployment; readonly stack: string; readonly gateway: Gateway }>,
  ): void {
    for (const [stack, live] of this.functions) {
      const now: Functions = functions.get(stack) ?? new Map<string, ServedFunction>();
      for (const [arn, one] of live) {
        if (now.get(arn) !== one) this.retiring.add(one);
        if (!now.has(arn)) live.delete(arn);
      }
      for (const [arn, one] of now) live.set(arn, one);
    }
    for (const [server, { api, stack, gateway }] of gateways) {
      server.deployment = api;
      if (server.gate) server.gate.lead(gateway);
      else {
        server.gate = new Gate(gateway, { stack, api: api.name }, this.hold, this.traces);
        server.server.open(server.gate);
      }
    }
  }

  /**
   * One change after the other, each to what holds then: roles that go are known for as long as a request of before may call
   * by them. Of a role with several versions the last one counts.
   */
  private changeRules(guarded: GuardedDynamodb): Promise<void> {
    const changed = this.rulesChanged.then(() =>
      guarded.apply(guardRules([...this.leaving, ...this.deployments, ...this.coming])),
    );
    this.rulesChanged = changed.catch(() => undefined);
    return changed;
  }

  private async retire(): Promise<void> {
    await Promise.all(
      [...this.retiring].map(async (one) => {
        await one.retire();
        this.retiring.delete(one);
      }),
    );
    if (this.retiring.size === 0) this.leaving = [];
    const all = [...this.functions.values()].flatMap((some) => [...some.values()]);
    const served = [...all, ...this.retiring].map(({ deployment }) => deployment);
    this.taskRoots.keepOnly([...served, ...this.preparing]);
  }

  /** Closes the servers that are not among those that stay, once they have answered what is under way. */
  private async closeAllBut(stay: ReadonlyMap<string, Server>, servers: ReadonlyMap<string, Server>): Promise<void> {
    const kept = new Set(stay.values());
    const gone = [...servers.values()].filter((server) => !kept.has(server));
    await Promise.all(
      gone.map(async ({ gate, server }) => {
        await gate?.close();
        await server.close();
      }),
    );
  }
}

function endpoints(stack: TerraformStack, servers: ReadonlyMap<string, Server>): Map<string, string> {
  return new Map(apiAddresses(stack).map((address) => [address, servers.get(keyOf(stack.name, address))?.url ?? '']));
}

function gatewayOf(api: ApiDeployment, functions: Pools): Gateway {
  return api.kind === 'http-api' ? new HttpApiGateway(api, functions) : new RestApiGateway(api, functions);
}
