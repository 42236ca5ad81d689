/** What answers for the stacks: servers, gateways, functions and tables; `apply` brings them to what the stacks say. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiDeployment, Deployment, FunctionDeployment } from '../model/deployment';
import { deploymentOf } from '../source/deployment';
import type { Dynamodb, GuardedDynamodb } from '../services/dynamodb/dynamodb';
import { createTable } from '../services/dynamodb/tables';
import type { ReloadBarrier } from './reload-barrier';
import { HttpApiGateway } from '../services/api-gateway/http-api/gateway';
import type { Functions as FunctionsByArn, Gateway } from '../services/api-gateway/gateway';
import { RestApiGateway } from '../services/api-gateway/rest-api/gateway';
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import { guardRules } from '../services/dynamodb/guard/rules';
import type { ScalingMode } from '../services/lambda/scaling';
import { TaskRoots } from '../services/lambda/task-roots';
import { ServedFunction } from '../services/lambda/served-function';
import { type Server, type ServerSet, Servers } from './servers';
import type { TerraformStack } from '../source/terraform-json/stack';

export interface EngineOptions {
  /** Port of the first API; the next has the following. 0: any free ones. */
  readonly port: number;
  /** Folder for the unpacked archives. */
  readonly folder: string;
  readonly onRequest: (log: RequestLog) => void;
  readonly onCall: (call: DynamodbCall) => void;
  readonly onLog: (functionName: string, line: string, requestId?: string) => void;
  /** Logs START, END and REPORT of every invocation, not only what failed. */
  readonly platformLog: boolean;
  readonly scaling?: ScalingMode | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Functions = Map<string, ServedFunction>;

/** What is to lead to the functions, by the server that it comes to. */
type Gateways = ReadonlyMap<Server, { readonly api: ApiDeployment; readonly gateway: Gateway }>;

export class Engine {
  deployments: readonly Deployment[] = [];
  private guarded: GuardedDynamodb | undefined;
  private readonly servers: Servers;
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

  /** @param dynamodb may still start, which takes as long as all that need not wait for it */
  constructor(
    private readonly dynamodb: Promise<Dynamodb>,
    barrier: ReloadBarrier,
    private readonly options: EngineOptions,
  ) {
    this.servers = new Servers(options.port, { barrier, onRequest: options.onRequest });
    this.taskRoots = new TaskRoots(options.folder);
  }

  /**
   * What has not changed stays as it is: its port, its instances, its throttles. Requests under way finish on what they
   * began with. The items of all tables stay, also of a table that is no longer there.
   * @throws DeploymentError, PortError or DataError; all is then as it was before
   */
  async apply(stacks: readonly TerraformStack[]): Promise<void> {
    // Ports come before evaluation: a stack's outputs, and all that refers to them, have the addresses.
    const servers = await this.servers.listen(stacks);
    let deployments: Deployment[];
    let functions: Map<string, Functions>;
    let gateways: Gateways;
    try {
      deployments = stacks.map((stack) => deploymentOf(stack, servers.endpoints(stack)));
      const preparing = this.prepareDynamodb(deployments);
      // Takes this thread as long as preparing takes the other one.
      this.preparing = deployments.flatMap((deployment) => deployment.functions);
      for (const one of this.preparing) this.taskRoots.folderFor(one);
      const known = this.guarded;
      this.guarded = await preparing;
      functions = this.preparedFunctions(deployments, this.guarded);
      gateways = this.preparedGateways(deployments, servers);
      this.coming = deployments;
      if (known) await this.changeRules(known);
    } catch (error) {
      this.coming = [];
      await this.servers.discard(servers);
      throw error;
    }
    this.exchange(functions, gateways);
    this.leaving = [...this.leaving, ...this.deployments];
    this.deployments = deployments;
    this.coming = [];
    const { guarded } = this;
    void this.retire()
      .then(() => this.changeRules(guarded))
      .catch(() => undefined);
    void this.servers.adopt(servers);
  }

  /** @returns where an API listens; undefined when there is none at this address in Terraform */
  urlOf(stack: string, address: string): string | undefined {
    return this.servers.urlOf(stack, address);
  }

  /** Ends everything at once. */
  async stop(): Promise<void> {
    // First: whoever waits for a function that ends with the run is told by the connection, and not that the function failed.
    await this.servers.stop();
    const all = [...this.functions.values()].flatMap((some) => [...some.values()]);
    await Promise.all([...all, ...this.retiring].map((one) => one.stop()));
  }

  /** The tables, side by side, and at first the door for functions. */
  private prepareDynamodb(deployments: readonly Deployment[]): Promise<GuardedDynamodb> {
    const tables = deployments.flatMap((deployment) => deployment.tables);
    const prepared = this.dynamodb.then(async (dynamodb) => {
      const { endpoint, inMemory } = dynamodb;
      const [guarded] = await Promise.all([
        this.guarded ?? dynamodb.startGuard(guardRules(deployments), this.options.onCall),
        ...tables.map((table) => createTable(endpoint, table, { inMemory, signal: this.options.signal })),
      ]);
      return guarded;
    });
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
              return [deployment.arn, same?.isSame(deployment) ? same : this.newFunction(deployment, guarded)];
            }),
          ),
        ];
      }),
    );
  }

  private newFunction(deployment: FunctionDeployment, guarded: GuardedDynamodb): ServedFunction {
    return new ServedFunction(deployment, {
      taskRoot: this.taskRoots.folderFor(deployment),
      dynamodbEndpoint: guarded.endpoint,
      access: guarded,
      onLog: (line, requestId) => this.options.onLog(deployment.name, line, requestId),
      platformLog: this.options.platformLog,
      scaling: this.options.scaling,
    });
  }

  private preparedGateways(deployments: readonly Deployment[], servers: ServerSet): Gateways {
    const gateways = new Map<Server, { api: ApiDeployment; gateway: Gateway }>();
    for (const { stack, apis } of deployments) {
      const functions = this.functions.get(stack) ?? new Map<string, ServedFunction>();
      this.functions.set(stack, functions);
      for (const api of apis) {
        const server = servers.of(stack, api.address);
        if (!server || isDeepStrictEqual(server.deployment, api)) continue;
        gateways.set(server, { api, gateway: gatewayOf(api, functions) });
      }
    }
    return gateways;
  }

  /** In one step, between two requests. */
  private exchange(functions: ReadonlyMap<string, Functions>, gateways: Gateways): void {
    for (const [stack, live] of this.functions) {
      const now: Functions = functions.get(stack) ?? new Map<string, ServedFunction>();
      for (const [arn, one] of live) {
        if (now.get(arn) !== one) this.retiring.add(one);
        if (!now.has(arn)) live.delete(arn);
      }
      for (const [arn, one] of now) live.set(arn, one);
    }
    for (const [server, { api, gateway }] of gateways) {
      server.deployment = api;
      server.server.replaceGateway(gateway);
    }
  }

  /**
   * One change after the other, each to what holds then: roles that go are known for as long as a request of before may call
   * by them. Of a role with several versions the last one counts.
   */
  private changeRules(guarded: GuardedDynamodb): Promise<void> {
    const changed = this.rulesChanged.then(() =>
      guarded.setRules(guardRules([...this.leaving, ...this.deployments, ...this.coming])),
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
}

function gatewayOf(api: ApiDeployment, functions: FunctionsByArn): Gateway {
  return api.kind === 'http-api' ? new HttpApiGateway(api, functions) : new RestApiGateway(api, functions);
}
