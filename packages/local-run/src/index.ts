/** The API of this package: `start` runs the stacks of a CDKTF app on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ConsoleSource } from './console/api';
import { History } from './console/history';
import { ConsoleServer } from './console/server';
import { Engine } from './engine/engine';
import { checkOutputsFile, writeOutputs } from './engine/outputs';
import { ReloadBarrier } from './engine/reload-barrier';
import { type Reload, Watch } from './engine/watch';
import type { Deployment } from './model/deployment';
import type { DynamodbCall } from './model/dynamodb-call';
import type { RequestLog } from './services/api-gateway/server';
import { type Dynamodb, remoteDynamodb, startDynamodb } from './services/dynamodb/dynamodb';
import type { ScalingMode } from './services/lambda/scaling';
import { stacksIn } from './source/cdktf';
import type { ProjectSnapshot } from './source/project-files';
import { Synthesizer } from './source/synthesizer';
import type { TerraformStack } from './source/terraform-json/stack';

export { ConsolePortError } from './console/server';
export { OutputsError } from './engine/outputs';
export type { Reload } from './engine/watch';
export type * from './model/deployment';
export { DeploymentError } from './model/deployment-error';
export type { DynamodbCall } from './model/dynamodb-call';
export type { Statement } from './model/policy';
export { PortError, type RequestLog } from './services/api-gateway/server';
export { DataError } from './services/dynamodb/data-error';
export { arnPattern, wildcard } from './services/iam/pattern';
export { SynthError } from './source/synth-error';

export interface StartOptions {
  /** The folder of the CDKTF app, with its cdktf.json. @default the current folder */
  readonly folder?: string;
  /** Port of the first API; each further API has the next port. 0: any free ports. */
  readonly port: number;
  /** A file for the outputs, in the shape of `cdktf deploy --outputs-file`. It is written when the APIs are ready. */
  readonly outputsFile?: string | undefined;
  /** A folder that keeps the tables. @default they are in memory */
  readonly data?: string | undefined;
  /** The URL of a DynamoDB that already runs. @default dynalite is started */
  readonly dynamodbEndpoint?: string | undefined;
  /** Variables for the app beside those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** A folder that the app was synthesized into. @default the app is synthesized */
  readonly synthesized?: string;
  /** Whether saved changes are synthesized and applied. @default false */
  readonly watch?: boolean;
  readonly onRequest?: (log: RequestLog) => void;
  /** Gets each call that a function makes to DynamoDB, and whether its role's policies allow it. */
  readonly onCall?: (call: DynamodbCall) => void;
  /** Gets each line that a function writes, and the id of its invocation. */
  readonly onLog?: (functionName: string, line: string, requestId?: string) => void;
  /** Whether to log START, END and REPORT of every invocation, as Lambda does. @default only of failed invocations */
  readonly platformLog?: boolean;
  /**
   * When a function gets another instance. `requests`: for each request that finds no idle instance, as in Lambda. `cores`: at
   * most one instance more than the machine has cores computes at a time. @default cores
   */
  readonly instances?: ScalingMode;
  /** Gets the outcome of each reload, and what is deployed after it. */
  readonly onReload?: (reload: Reload, deployments: readonly Deployment[]) => void;
  /** Gets errors of the local run itself. */
  readonly onFault?: (text: string) => void;
  /** The console page. @default there is none */
  readonly console?: ConsoleOptions | undefined;
  /** Ends the start early. */
  readonly signal?: AbortSignal | undefined;
}

export interface ConsoleOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Whether to use any free port if this port is taken. @default false */
  readonly orAny?: boolean;
}

export interface Running {
  /** The stacks that are served now. */
  readonly deployments: readonly Deployment[];
  /** The console page's address. */
  readonly page: string | undefined;
  /** Ends everything immediately, also requests that have no response yet. */
  stop(): Promise<void>;
}

/** Undo the completed steps of the start. Listed in the order of the steps, run in reverse. */
type Cleanups = (() => Promise<void> | void)[];

/** Longer than a reload takes: a request must not wait forever for a reload that hangs. */
const BARRIER_TIMEOUT_MS = 15_000;

/**
 * @throws SynthError, DeploymentError, PortError, ConsolePortError, DataError or OutputsError. Everything that was started has been stopped by then.
 */
export async function start(options: StartOptions): Promise<Running> {
  const cleanups: Cleanups = [];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    checkOutputsFile(options.outputsFile);
    const workFolder = createWorkFolder(cleanups);
    const history = new History();
    const barrier = new ReloadBarrier(BARRIER_TIMEOUT_MS);
    // The DynamoDB thread starts while this thread reads the project.
    const tables = startTables(options, cleanups);
    const synthesizer = createSynthesizer(path.join(workFolder, 'synthesized'), options, cleanups);
    const watch = options.watch ? createWatch(barrier, synthesizer, options, history, cleanups) : undefined;
    const synthesizing = synthesize(synthesizer, options.synthesized);
    // If DynamoDB cannot start, fail immediately. Otherwise only later steps need it.
    const { stacks, snapshot } = await Promise.race([synthesizing, tables.then(() => synthesizing)]);
    const engine = createEngine(path.join(workFolder, 'functions'), tables, barrier, options, history, cleanups);
    await engine.apply(stacks);
    const { endpoint } = await tables;
    const page = await startPage({ site: engine, history, dynamodbEndpoint: endpoint }, options.console, cleanups);
    options.signal?.throwIfAborted();
    if (options.outputsFile !== undefined) writeOutputs(options.outputsFile, engine.deployments);
    if (snapshot) await watch?.begin(engine, snapshot);
    return {
      get deployments() {
        return engine.deployments;
      },
      page,
      stop,
    };
  } catch (error) {
    await stop();
    // An aborted start may fail in any way.
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** Creates the folder for synth output and unpacked archives. It is removed when the run ends. */
function createWorkFolder(cleanups: Cleanups): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'local-run-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function startTables({ data, dynamodbEndpoint, onFault }: StartOptions, cleanups: Cleanups): Promise<Dynamodb> {
  const starting =
    dynamodbEndpoint === undefined
      ? startDynamodb(data, (text) => onFault?.(`dynalite: ${text}`))
      : remoteDynamodb(dynamodbEndpoint, (text) => onFault?.(`guard of DynamoDB: ${text}`));
  // Registered before the start completes: the synth may fail earlier.
  cleanups.push(() => starting.then((dynamodb) => dynamodb.stop()).catch(() => undefined));
  return starting;
}

function createSynthesizer(workFolder: string, options: StartOptions, cleanups: Cleanups): Synthesizer {
  const { folder = '.', environment, outputsFile, data, signal } = options;
  const written = [outputsFile, data].filter((file) => file !== undefined);
  const synthesizer = new Synthesizer({ folder: path.resolve(folder), workFolder, environment, written });
  // Settles when the app's processes have ended, which write to the work folder.
  cleanups.push(() => synthesizer.stop());
  signal?.addEventListener('abort', () => void synthesizer.stop());
  return synthesizer;
}

function createWatch(
  barrier: ReloadBarrier,
  synthesizer: Synthesizer,
  { outputsFile, onReload, onFault }: StartOptions,
  history: History,
  cleanups: Cleanups,
): Watch {
  const watch = new Watch({
    barrier,
    synthesizer,
    onReload: (reload, deployments) => {
      if (reload.outcome === 'reloaded') rewriteOutputs(outputsFile, deployments, onFault);
      history.addReload(reload);
      onReload?.(reload, deployments);
    },
    onFault: (text) => onFault?.(text),
  });
  cleanups.push(() => watch.stop());
  return watch;
}

async function synthesize(
  synthesizer: Synthesizer,
  synthesized: string | undefined,
): Promise<{ stacks: TerraformStack[]; snapshot?: ProjectSnapshot }> {
  if (synthesized !== undefined) return { stacks: stacksIn(synthesized) };
  const { out, snapshot } = await synthesizer.synth();
  return { stacks: stacksIn(out), snapshot };
}

function createEngine(
  folder: string,
  dynamodb: Promise<Dynamodb>,
  barrier: ReloadBarrier,
  options: StartOptions,
  history: History,
  cleanups: Cleanups,
): Engine {
  const { port, onRequest, onCall, onLog, platformLog = false, instances, signal } = options;
  const engine = new Engine(dynamodb, barrier, {
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
  cleanups.push(() => engine.stop());
  return engine;
}

async function startPage(
  source: ConsoleSource,
  options: ConsoleOptions | undefined,
  cleanups: Cleanups,
): Promise<string | undefined> {
  if (!options) return undefined;
  const server = new ConsoleServer(source);
  cleanups.push(() => server.close());
  return server.listen(options.port, options.orAny ?? false);
}

/** A reload succeeds even if the outputs file cannot be written. */
function rewriteOutputs(
  file: string | undefined,
  deployments: readonly Deployment[],
  onFault: StartOptions['onFault'],
): void {
  if (file === undefined) return;
  try {
    writeOutputs(file, deployments);
  } catch (error) {
    onFault?.(`--outputs-file ${file} still has the outputs from before the reload: ${(error as Error).message}`);
  }
}
