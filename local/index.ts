/** Runs the synthesized stacks on this machine: start() as ordered steps, stop() in reverse. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { apiAddresses, type ApiDeployment, type Deployment, deploymentOf } from './deployment';
import { type Dynamodb, type GuardedDynamodb, remoteDynamodb, startDynamodb } from './dynamodb';
import { createTable } from './dynamodb-tables';
import type { DynamodbCall } from './guard/call';
import { guardRules } from './guard/rules';
import { HttpApiGateway } from './gateway/http-api/gateway';
import type { Gateway, Pools } from './gateway/integration';
import { RestApiGateway } from './gateway/rest-api/gateway';
import { GatewayServer, type RequestLog } from './gateway/server';
import { unpack } from './lambda/archive';
import { Pool } from './lambda/pool';
import { checkOutputsFile, writeOutputs } from './outputs';
import { stacksIn, synth } from './synth';
import type { TerraformStack } from './terraform/stack';

export interface StartOptions {
  /** Port of the first API; the next has the following. 0: any free ones. */
  readonly port: number;
  /** Gets the outputs once everything answers, in the shape of `cdktf deploy --outputs-file`. */
  readonly outputsFile?: string | undefined;
  /** Folder that keeps the tables. @default they are in memory */
  readonly data?: string | undefined;
  /** A DynamoDB that runs already. @default dynalite is started */
  readonly dynamodbEndpoint?: string | undefined;
  /** Variables for the app beside those of this process, settings for example. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder that was synthesized into already. @default the app is synthesized */
  readonly synthesized?: string;
  readonly onRequest?: (log: RequestLog) => void;
  /** Gets each call that a function makes to DynamoDB, and what its role's policies say to it. */
  readonly onCall?: (call: DynamodbCall) => void;
  /** Gets each line that a function writes. */
  readonly onLog?: (functionName: string, line: string) => void;
  /** Logs START, END and REPORT of every invocation, as Lambda does. @default only what failed */
  readonly platformLog?: boolean;
  /** Gets what went wrong within the local run itself. */
  readonly onFault?: (text: string) => void;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}

export interface Running {
  readonly deployments: readonly Deployment[];
  /** Ends everything at once. */
  stop(): Promise<void>;
}

/** What undoes the steps so far, in their order. */
type Undo = (() => Promise<void> | void)[];

/** The servers of a stack's APIs, by the APIs' addresses in Terraform. */
type Servers = ReadonlyMap<string, { readonly url: string; readonly server: GatewayServer }>;

/** @throws SynthError, DeploymentError, PortError or OutputsError; nothing is left running then */
export async function start(options: StartOptions): Promise<Running> {
  const undo: Undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    checkOutputsFile(options.outputsFile);
    const work = createWorkFolder(undo);
    const [stacks, dynamodb] = await Promise.all([
      synthesize(path.join(work, 'cdktf.out'), options, undo),
      startTables(options, undo),
    ]);
    // Ports come before evaluation: a stack's outputs, and all that refers to them, have the addresses.
    const servers = await listen(stacks, options, undo);
    const deployments = stacks.map((stack, index) => deploymentOf(stack, endpoints(servers[index])));
    for (const table of deployments.flatMap(({ tables }) => tables)) {
      await createTable(dynamodb.endpoint, table, options.signal);
    }
    const guarded = await dynamodb.guard(guardRules(deployments), (call) => options.onCall?.(call));
    for (const [index, deployment] of deployments.entries()) {
      const pools = createPools(deployment, path.join(work, 'functions', deployment.stack), guarded, options, undo);
      for (const api of deployment.apis) servers[index]?.get(api.address)?.server.open(gatewayOf(api, pools));
    }
    options.signal?.throwIfAborted();
    if (options.outputsFile !== undefined) writeOutputs(options.outputsFile, deployments);
    return { deployments, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Holds what is synthesized and the unpacked archives, for as long as the run lasts. */
function createWorkFolder(undo: Undo): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'serverless-crud-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** When the start fails in the meantime, the child process ends before the folder that it writes to goes. */
async function synthesize(
  out: string,
  { environment, signal, synthesized }: StartOptions,
  undo: Undo,
): Promise<TerraformStack[]> {
  if (synthesized !== undefined) return stacksIn(synthesized);
  const abort = new AbortController();
  const signals = signal ? [abort.signal, signal] : [abort.signal];
  const synthesizing = synth({ out, ...(environment && { environment }), signal: AbortSignal.any(signals) });
  undo.push(async () => {
    abort.abort();
    await synthesizing.catch(() => undefined);
  });
  return synthesizing;
}

async function startTables({ data, dynamodbEndpoint, onFault }: StartOptions, undo: Undo): Promise<Dynamodb> {
  const starting =
    dynamodbEndpoint === undefined
      ? startDynamodb(data, (text) => onFault?.(`dynalite: ${text}`))
      : remoteDynamodb(dynamodbEndpoint, (text) => onFault?.(`guard of DynamoDB: ${text}`));
  // Registered before it has started, for a synth that fails in the meantime.
  undo.push(() => starting.then((dynamodb) => dynamodb.stop()).catch(() => undefined));
  return starting;
}

async function listen(stacks: readonly TerraformStack[], options: StartOptions, undo: Undo): Promise<Servers[]> {
  let { port } = options;
  const all: Servers[] = [];
  for (const stack of stacks) {
    const servers = new Map<string, { url: string; server: GatewayServer }>();
    for (const address of apiAddresses(stack)) {
      const server = new GatewayServer((log) => options.onRequest?.(log));
      undo.push(() => server.close());
      servers.set(address, { url: await server.listen(port), server });
      if (port !== 0) port += 1;
    }
    all.push(servers);
  }
  return all;
}

function endpoints(servers: Servers = new Map()): Map<string, string> {
  return new Map([...servers].map(([address, { url }]) => [address, url]));
}

function gatewayOf(api: ApiDeployment, pools: Pools): Gateway {
  return api.kind === 'http-api' ? new HttpApiGateway(api, pools) : new RestApiGateway(api, pools);
}

/** The stack's functions, by their ARNs; functions with the same archive share what was unpacked. */
function createPools(
  { functions }: Deployment,
  folder: string,
  dynamodb: GuardedDynamodb,
  { onLog, platformLog = false }: StartOptions,
  undo: Undo,
): Map<string, Pool> {
  const roots = new Map<string, string>();
  return new Map(
    functions.map((deployment) => {
      const taskRoot = roots.get(deployment.archive) ?? path.join(folder, String(roots.size));
      if (!roots.has(deployment.archive)) unpack(deployment.archive, deployment.archiveHash, taskRoot);
      roots.set(deployment.archive, taskRoot);
      const pool = new Pool(deployment, {
        taskRoot,
        dynamodbEndpoint: dynamodb.endpoint,
        access: dynamodb,
        onLog: (line) => onLog?.(deployment.name, line),
        platformLog,
      });
      undo.push(() => pool.stop());
      return [deployment.arn, pool] as const;
    }),
  );
}
