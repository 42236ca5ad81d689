/** The API of this package: `start` serves the stacks of a CDKTF app on this machine. */
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
export { InvocationError } from './services/lambda/errors';
export { SynthError } from './source/synth-error';
export { synth, type SynthesizerOptions } from './source/synthesizer';

export interface StartOptions {
  /** The folder of the CDKTF app, with its cdktf.json. @default the current folder */
  readonly folder?: string;
  /** Port of the first API; each further API has the next port. 0: any free ports. */
  readonly port: number;
  /** A file for the outputs, in the format of `cdktf deploy --outputs-file`. `start` writes it when the APIs are ready. */
  readonly outputsFile?: string | undefined;
  /** A folder that keeps the tables. @default the tables are in memory */
  readonly data?: string | undefined;
  /** The URL of a DynamoDB that already runs. @default `start` starts dynalite */
  readonly dynamodbEndpoint?: string | undefined;
  /** Variables for the app, in addition to the variables of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder of an earlier synth: see `synth`. @default `start` synthesizes the app */
  readonly synthesized?: string;
  /** Whether to use the synth output of an earlier run if no input of the app has changed. @default true */
  readonly cache?: boolean;
  /** Whether to synthesize and apply saved changes. @default false */
  readonly watch?: boolean;
  /** Called after each request to an API. */
  readonly onRequest?: (log: RequestLog) => void;
  /** Called for each call of a function to DynamoDB, with the decision of its role's policies. */
  readonly onCall?: (call: DynamodbCall) => void;
  /** Called for each line that a function logs, with the request id of the invocation. */
  readonly onLog?: (functionName: string, line: string, requestId?: string) => void;
  /** Whether to log START, END and REPORT of every invocation, as Lambda does. @default false: only failed invocations */
  readonly platformLog?: boolean;
  /**
   * When a function starts another instance. `requests`: for each request that finds no idle instance, as in Lambda. `cores`:
   * at most as many instances as the machine has cores, plus one, compute at a time. @default cores
   */
  readonly instances?: ScalingMode;
  /** Called after each reload, with the deployments that are served then. */
  readonly onReload?: (reload: Reload, deployments: readonly Deployment[]) => void;
  /** Called after each synth with the text that the app printed, for example warnings. The synth cache keeps the text. */
  readonly onAppOutput?: (text: string) => void;
  /** Called with the text of each error in the local run itself. */
  readonly onFault?: (text: string) => void;
  /** Starts the console page. @default the run has no console page */
  readonly console?: ConsoleOptions | undefined;
  /** Aborts the start. */
  readonly signal?: AbortSignal | undefined;
}

export interface ConsoleOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Whether to use any free port if `port` is taken. @default false */
  readonly fallback?: boolean;
}

export interface Running {
  /** The stacks that are served now. */
  readonly deployments: readonly Deployment[];
  /** The URL of the console page. */
  readonly page: string | undefined;
  /**
   * Invokes a function without an API, as `aws lambda invoke` does. During a reload, it waits for the reload.
   * @param event the event, as the handler gets it
   * @returns the handler's result, after a round trip through JSON
   * @throws InvocationError when the invocation fails, with the `errorType` and `message` that Lambda reports
   * @throws Error when no stack has the function
   */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Stops the run immediately, even with pending requests. */
  stop(): Promise<void>;
}

/** Undo the completed steps of `start`. They are listed in the order of the steps, and run in reverse order. */
type Cleanups = (() => Promise<void> | void)[];

/** Longer than a reload takes. If a reload hangs, requests continue after this time. */
const BARRIER_TIMEOUT_MS = 15_000;

/**
 * Synthesizes the app and serves its stacks.
 * @throws SynthError, DeploymentError, PortError, ConsolePortError, DataError or OutputsError, after it has stopped everything
 * @example
 * const run = await start({ folder: 'my-app', port: 0 });
 * const items = run.deployments.find(({ stack }) => stack === 'items');
 * await fetch(`${items?.outputs['url']}/items`);
 * await run.stop();
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
    const synthesizing = synthesize(synthesizer, options);
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
      invoke: async (functionName, event) => {
        await barrier.waiting;
        return engine.invoke(functionName, event);
      },
      stop,
    };
  } catch (error) {
    await stop();
    // An aborted start may fail in any way.
    options.signal?.throwIfAborted();
    throw error;
  }
}

/** Creates the folder for synth output and unpacked archives. A cleanup removes it when the run ends. */
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
  // Registered before DynamoDB has started: the synth may fail earlier.
  cleanups.push(() => starting.then((dynamodb) => dynamodb.stop()).catch(() => undefined));
  return starting;
}

function createSynthesizer(workFolder: string, options: StartOptions, cleanups: Cleanups): Synthesizer {
  const { folder = '.', environment, outputsFile, data, cache, signal } = options;
  const written = [outputsFile, data].filter((file) => file !== undefined);
  const synthesizer = new Synthesizer({ folder: path.resolve(folder), workFolder, environment, written, cache });
  // Settles when all processes of the app have ended: they write to the work folder.
  cleanups.push(() => synthesizer.stop());
  signal?.addEventListener('abort', () => void synthesizer.stop());
  return synthesizer;
}

function createWatch(
  barrier: ReloadBarrier,
  synthesizer: Synthesizer,
  { outputsFile, onReload, onAppOutput, onFault }: StartOptions,
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
    onAppOutput: (text) => onAppOutput?.(text),
    onFault: (text) => onFault?.(text),
  });
  cleanups.push(() => watch.stop());
  return watch;
}

async function synthesize(
  synthesizer: Synthesizer,
  { synthesized, onAppOutput }: StartOptions,
): Promise<{ stacks: TerraformStack[]; snapshot?: ProjectSnapshot }> {
  if (synthesized !== undefined) return { stacks: stacksIn(synthesized) };
  const { out, snapshot, output } = await synthesizer.synth();
  onAppOutput?.(output);
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
  return server.listen(options.port, options.fallback ?? false);
}

/** Reports an outputs file that cannot be written as a fault: the reload itself succeeded. */
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
