/** Serves the stacks: their servers, gateways, functions and tables. `apply` replaces the parts that changed. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiDeployment, Deployment, FunctionDeployment } from '../model/deployment';
import type { Dynamodb, GuardedDynamodb } from '../services/dynamodb/dynamodb';
import { prepareTables } from '../services/dynamodb/prepare-tables';
import { type ReadStacks, readStacks } from './read-stacks';
import type { ReloadBarrier } from './reload-barrier';
import type { Gateway } from '../services/api-gateway/gateway';
import { SignedCallers } from '../services/api-gateway/iam/signed-callers';
import { TokenVerifier } from '../services/tokens/token-verifier';
import { newTraceId } from '../services/api-gateway/request-id';
import { guardRules } from '../services/dynamodb/guard/rules';
import { TaskRoots } from '../services/lambda/task-roots';
import { ServedFunction } from '../services/lambda/served-function';
import { checkChangedCode } from './check-code';
import { createGateway } from './create-gateway';
import type { EngineOptions } from './engine-options';
import { Ports } from './ports';
import { selectStacks } from './select-stacks';
import { type Server, type ServerSet, Servers } from './servers';
import { checkStrict } from './strict';
import type { Stack } from '../source/stack';

type Functions = Map<string, ServedFunction>;

/** New gateways, by server. */
type Gateways = ReadonlyMap<Server, { readonly stages: readonly ApiDeployment[]; readonly gateway: Gateway }>;

export class Engine {
  deployments: readonly Deployment[] = [];
  /** Why stacks are not served. */
  failures: readonly string[] = [];
  private hasApplied = false;
  private guarded: GuardedDynamodb | undefined;
  private readonly servers: Servers;
  /** The functions of each stack, by ARN. Gateways hold the inner maps, so a reload replaces their entries, not the maps. */
  private readonly functions = new Map<string, Functions>();
  /** Replaced functions that still have pending invocations. */
  private readonly retiring = new Set<ServedFunction>();
  private readonly taskRoots: TaskRoots;
  private readonly tokens: TokenVerifier;
  private readonly callers = new SignedCallers((accessKeyId, token) => this.guarded?.findCaller(accessKeyId, token));
  /** Functions of the current `apply`. Their unpacked archives must not be removed. */
  private preparedFunctions: readonly FunctionDeployment[] = [];
  /** Deployments of the current `apply`, before they serve. */
  private nextDeployments: readonly Deployment[] = [];
  /** Earlier deployments. Pending invocations may still call DynamoDB with their roles. */
  private previousDeployments: readonly Deployment[] = [];
  private awsEndpoint: string | undefined;
  private rulesUpdate: Promise<void> = Promise.resolve();

  /** @param dynamodb may still be starting: ports, outputs and archives do not wait for it */
  constructor(
    private readonly dynamodb: Promise<Dynamodb>,
    barrier: ReloadBarrier,
    private readonly options: EngineOptions,
  ) {
    this.servers = new Servers(new Ports(options.port, options.portsFile), { barrier, onRequest: options.onRequest });
    this.taskRoots = new TaskRoots(options.folder, options.projectFolder);
    this.tokens = options.tokens ?? new TokenVerifier();
  }

  /**
   * Serves these stacks in place of the current stacks. Unchanged parts keep their ports, instances and throttles. Pending
   * requests finish on the version they started on. All tables keep their items, even tables that no stack defines now.
   * At a start, a stack that AWS would refuse does not stop the others. With the option `strict`, it does.
   * @throws DeploymentError, PortError or DataError; the current stacks keep serving
   */
  async apply(allStacks: readonly Stack[]): Promise<void> {
    const stacks = selectStacks(allStacks, this.options.only ?? []);
    // Stacks that are not served have ports, too: a later run without `--only` must not change the ports of this run.
    this.servers.reservePorts(allStacks);
    // Evaluating a stack needs the URLs of its APIs: outputs and environment variables refer to them.
    const servers = await this.servers.listen(stacks);
    this.awsEndpoint = await this.options.awsEndpoint;
    let read: ReadStacks;
    let functions: Map<string, Functions>;
    let gateways: Gateways;
    try {
      read = readStacks(stacks, (stack) => servers.endpoints(stack), this.hasApplied ? this : undefined);
      if (this.options.strict) checkStrict(read);
      const { deployments } = read;
      const preparing = this.prepareDynamodb(deployments);
      // Unpacks archives while the DynamoDB thread creates tables.
      this.preparedFunctions = deployments.flatMap((deployment) => deployment.functions);
      for (const deployment of this.preparedFunctions) this.taskRoots.folderFor(deployment);
      // A start does not check the code: AWS deploys code with syntax errors, too.
      if (this.hasApplied) await checkChangedCode(this.preparedFunctions, this.currentFunctions(), this.taskRoots);
      const runningGuard = this.guarded;
      this.guarded = await preparing;
      functions = this.prepareFunctions(deployments, this.guarded);
      gateways = this.prepareGateways(deployments, servers);
      this.nextDeployments = deployments;
      if (runningGuard) await this.updateRules(runningGuard);
    } catch (error) {
      this.nextDeployments = [];
      await this.servers.discard(servers);
      throw error;
    }
    this.swap(functions, gateways);
    this.previousDeployments = [...this.previousDeployments, ...this.deployments];
    this.deployments = read.deployments;
    this.callers.setRoles(read.deployments.flatMap(({ roles }) => roles));
    this.failures = read.failures;
    this.hasApplied = true;
    this.nextDeployments = [];
    const { guarded } = this;
    void this.retire()
      .then(() => this.updateRules(guarded))
      .catch(() => undefined);
    // A stack that is not served needs no servers.
    void this.servers
      .replaceCurrent(servers.only(read.deployments.map(({ stack }) => stack)))
      .then(() => this.servers.discard(servers));
  }

  /** @returns the URL of an API; undefined when the stack has no API at this Terraform address */
  urlOf(stack: string, address: string): string | undefined {
    return this.servers.urlOf(stack, address);
  }

  /**
   * Invokes a function without a gateway.
   * @returns the handler's result
   * @throws InvocationError; Error when no stack has the function
   */
  async invoke(functionName: string, event: unknown): Promise<unknown> {
    const served = this.currentFunctions().find(({ deployment }) => deployment.name === functionName);
    if (!served) {
      const names = this.currentFunctions().map(({ deployment }) => deployment.name);
      throw new Error(`There is no function ${functionName}. The functions are ${names.join(', ')}.`);
    }
    const { json } = await served.invoke(event, newTraceId(new Date())).finished;
    return JSON.parse(json) as unknown;
  }

  /** Stops all servers and functions immediately. */
  async stop(): Promise<void> {
    // Servers stop first: pending requests then see a closed connection, not a failed function.
    await this.servers.stop();
    await Promise.all([...this.currentFunctions(), ...this.retiring].map((served) => served.stop()));
  }

  /** Prepares the tables. The first call also starts the guard, through which functions call DynamoDB. */
  private prepareDynamodb(deployments: readonly Deployment[]): Promise<GuardedDynamodb> {
    const prepared = this.dynamodb.then(async (dynamodb) => {
      const { endpoint, inMemory } = dynamodb;
      const [guarded] = await Promise.all([
        this.guarded ?? dynamodb.startGuard(guardRules(deployments), this.options.onCall),
        prepareTables(endpoint, deployments, this.deployments, { inMemory, signal: this.options.signal }),
      ]);
      return guarded;
    });
    // `apply` awaits this promise. If `apply` fails earlier, for example at a faulty archive, nothing else handles a rejection.
    prepared.catch(() => undefined);
    return prepared;
  }

  private prepareFunctions(deployments: readonly Deployment[], guarded: GuardedDynamodb): Map<string, Functions> {
    return new Map(
      deployments.map(({ stack, functions }) => {
        const current = this.functions.get(stack);
        return [
          stack,
          new Map(
            functions.map((deployment) => {
              const served = current?.get(deployment.arn);
              return [deployment.arn, served?.isSame(deployment) ? served : this.createFunction(deployment, guarded)];
            }),
          ),
        ];
      }),
    );
  }

  private createFunction(deployment: FunctionDeployment, guarded: GuardedDynamodb): ServedFunction {
    return new ServedFunction(deployment, {
      taskRoot: this.taskRoots.folderFor(deployment),
      dynamodbEndpoint: guarded.endpoint,
      awsEndpoint: this.awsEndpoint,
      access: guarded,
      onLog: (line, requestId) => this.options.onLog(deployment.name, line, requestId),
      platformLog: this.options.platformLog,
      scaling: this.options.scaling,
    });
  }

  private prepareGateways(deployments: readonly Deployment[], servers: ServerSet): Gateways {
    const { tokens, callers } = this;
    const gateways = new Map<Server, { stages: readonly ApiDeployment[]; gateway: Gateway }>();
    for (const { stack, apis } of deployments) {
      const functions = this.functions.get(stack) ?? new Map<string, ServedFunction>();
      this.functions.set(stack, functions);
      for (const address of new Set(apis.map((api) => api.address))) {
        const server = servers.find(stack, address);
        const stages = apis.filter((api) => api.address === address);
        if (!server || isDeepStrictEqual(server.deployments, stages)) continue;
        gateways.set(server, { stages, gateway: createGateway(stages, { functions, tokens, callers }) });
      }
    }
    return gateways;
  }

  /** Replaces functions and gateways synchronously, so no request sees a mix of both versions. */
  private swap(functions: ReadonlyMap<string, Functions>, gateways: Gateways): void {
    for (const [stack, current] of this.functions) {
      const next: Functions = functions.get(stack) ?? new Map<string, ServedFunction>();
      for (const [arn, served] of current) {
        if (next.get(arn) !== served) this.retiring.add(served);
        if (!next.has(arn)) current.delete(arn);
      }
      for (const [arn, served] of next) current.set(arn, served);
    }
    for (const [server, { stages, gateway }] of gateways) {
      server.deployments = stages;
      server.server.replaceGateway(gateway);
    }
  }

  /**
   * Sends the guard the policies of all roles that may call DynamoDB: roles of previous, current and next deployments. If a
   * role has several versions, the last version applies. Updates run one after the other.
   */
  private updateRules(guarded: GuardedDynamodb): Promise<void> {
    const update = this.rulesUpdate.then(() =>
      guarded.setRules(guardRules([...this.previousDeployments, ...this.deployments, ...this.nextDeployments])),
    );
    this.rulesUpdate = update.catch(() => undefined);
    return update;
  }

  /** Stops replaced functions after their pending invocations, then removes archives that no function uses. */
  private async retire(): Promise<void> {
    await Promise.all(
      [...this.retiring].map(async (served) => {
        await served.retire();
        this.retiring.delete(served);
      }),
    );
    if (this.retiring.size === 0) this.previousDeployments = [];
    const used = [...this.currentFunctions(), ...this.retiring].map(({ deployment }) => deployment);
    this.taskRoots.keepOnly([...used, ...this.preparedFunctions]);
  }

  private currentFunctions(): ServedFunction[] {
    return [...this.functions.values()].flatMap((functions) => [...functions.values()]);
  }
}
