/** Runs the synthesized stacks on this machine: start() as ordered steps, stop() in reverse. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from './model/deployment';
import { type Dynamodb, remoteDynamodb, startDynamodb } from './services/dynamodb/dynamodb';
import { ReloadBarrier } from './engine/reload-barrier';
import type { RequestLog } from './services/api-gateway/server';
import type { DynamodbCall } from './model/dynamodb-call';
import type { ScalingMode } from './services/lambda/scaling';
import { checkOutputsFile, writeOutputs } from './engine/outputs';
import type { ConsoleSource } from './console/api';
import { History } from './console/history';
import { ConsoleServer } from './console/server';
import { Site } from './engine/site';
import { stacksIn, synth } from './source/cdktf';
import type { TerraformStack } from './source/terraform-json/stack';
import { type Reload, Watch } from './engine/watch';

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
  readonly environment?: NodeJS.ProcessEnv;
  /** A folder that was synthesized into already. @default the app is synthesized */
  readonly synthesized?: string;
  /** Whether saved files are synthesized again, and what changed is applied. @default false */
  readonly watch?: boolean;
  readonly onRequest?: (log: RequestLog) => void;
  /** Gets each call that a function makes to DynamoDB, and what its role's policies say to it. */
  readonly onCall?: (call: DynamodbCall) => void;
  /** Gets each line that a function writes, and the id of the invocation that it belongs to. */
  readonly onLog?: (functionName: string, line: string, requestId?: string) => void;
  /** Logs START, END and REPORT of every invocation, as Lambda does. @default only what failed */
  readonly platformLog?: boolean;
  /** When a function gets another instance: for requests that find none idle, or no more than one above the machine's cores. @default cores */
  readonly instances?: ScalingMode;
  /** Gets what became of each change that was seen, and what is deployed then. */
  readonly onReload?: (reload: Reload, deployments: readonly Deployment[]) => void;
  /** Gets what went wrong within the local run itself. */
  readonly onFault?: (text: string) => void;
  /** The console page. @default there is none */
  readonly console?: ConsoleOptions | undefined;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}

export interface ConsoleOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Whether any free port will do where this one is taken. @default false */
  readonly orAny?: boolean;
}

export interface Running {
  /** Those of the moment. */
  readonly deployments: readonly Deployment[];
  /** The console page's address. */
  readonly page: string | undefined;
  /** Ends everything at once. */
  stop(): Promise<void>;
}

/** What undoes the steps so far, in their order. */
type Undo = (() => Promise<void> | void)[];

/** Longer than a reload takes; a request must not wait for ever for one that hangs. */
const MAX_HOLD_MS = 15_000;

/**
 * @throws SynthError, WatchError, DeploymentError, PortError, ConsolePortError, DataError or OutputsError; nothing is left
 * running then
 */
export async function start(options: StartOptions): Promise<Running> {
  const undo: Undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    checkOutputsFile(options.outputsFile);
    const work = createWorkFolder(undo);
    const barrier = new ReloadBarrier(MAX_HOLD_MS);
    const history = new History();
    const watch = options.watch ? createWatch(path.join(work, 'watch'), barrier, options, history, undo) : undefined;
    // Its thread starts while this one looks whether anything has changed.
    const tables = startTables(options, undo);
    const synthesizing = watch ? watch.synth() : synthesize(path.join(work, 'cdktf.out'), options, undo);
    // Tables that cannot be had end the start at once; otherwise it goes on until it needs them.
    const stacks = await Promise.race([synthesizing, tables.then(() => synthesizing)]);
    const site = createSite(path.join(work, 'functions'), tables, barrier, options, history, undo);
    await site.apply(stacks);
    const { endpoint } = await tables;
    const page = await startPage({ site, history, dynamodbEndpoint: endpoint }, options.console, undo);
    options.signal?.throwIfAborted();
    if (options.outputsFile !== undefined) writeOutputs(options.outputsFile, site.deployments);
    if (watch) {
      // Before what it changes, as it began after that.
      undo.push(() => watch.stop());
      watch.begin(site);
    }
    return {
      get deployments() {
        return site.deployments;
      },
      page,
      stop,
    };
  } catch (error) {
    await stop();
    // Whatever a start that was given up failed of.
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** Holds what is synthesized and the unpacked archives, for as long as the run lasts. */
function createWorkFolder(undo: Undo): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'serverless-crud-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function createWatch(
  folder: string,
  barrier: ReloadBarrier,
  options: StartOptions,
  history: History,
  undo: Undo,
): Watch {
  const { environment, outputsFile, onReload, onFault, signal } = options;
  const watch = new Watch(barrier, {
    folder,
    environment,
    onReload: (reload, deployments) => {
      if (reload.outcome === 'reloaded') rewriteOutputs(outputsFile, deployments, onFault);
      history.addReload(reload);
      onReload?.(reload, deployments);
    },
    onFault: (text) => onFault?.(text),
  });
  // Settles when the app's process has ended, which writes to the folder that goes next.
  undo.push(() => watch.stop());
  signal?.addEventListener('abort', () => void watch.stop());
  return watch;
}

/** What was reloaded serves, also where the file cannot be written any more. */
function rewriteOutputs(
  file: string | undefined,
  deployments: readonly Deployment[],
  onFault: StartOptions['onFault'],
) {
  if (file === undefined) return;
  try {
    writeOutputs(file, deployments);
  } catch (error) {
    onFault?.(`--outputs-file ${file} has the outputs of before: ${(error as Error).message}`);
  }
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

function createSite(
  folder: string,
  dynamodb: Promise<Dynamodb>,
  barrier: ReloadBarrier,
  options: StartOptions,
  history: History,
  undo: Undo,
): Site {
  const { port, onRequest, onCall, onLog, platformLog = false, instances, signal } = options;
  const site = new Site(dynamodb, barrier, {
    port,
    folder,
    onRequest: (log) => {
      history.addRequest(log);
      onRequest?.(log);
    },
    onCall: (call) => onCall?.(call),
    onLog: (name, line, requestId) => {
      history.addLogLine(line, requestId);
      onLog?.(name, line, requestId);
    },
    platformLog,
    scaling: instances,
    signal,
  });
  undo.push(() => site.stop());
  return site;
}

async function startPage(
  source: ConsoleSource,
  options: ConsoleOptions | undefined,
  undo: Undo,
): Promise<string | undefined> {
  if (!options) return undefined;
  const server = new ConsoleServer(source);
  undo.push(() => server.close());
  return server.listen(options.port, options.orAny ?? false);
}
