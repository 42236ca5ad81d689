/** The API of this package: `start` serves the stacks of a CDKTF app, or of Terraform files, on this machine. */
import path from 'node:path';
import { History } from './console/history';
import { checkOutputsFile, writeOutputs } from './engine/outputs';
import { ReloadBarrier } from './engine/reload-barrier';
import { openInspector } from './inspector';
import { resumePausedThreads } from './services/inspected';
import { issueToken } from './services/tokens/issue';
import { TokenVerifier } from './services/tokens/token-verifier';
import type { Running, StartOptions } from './start-options';
import {
  type Cleanups,
  createEngine,
  createSource,
  createWatch,
  loadStacks,
  startAwsEndpoint,
  startPage,
  startTables,
} from './start-steps';
import { createWorkFolder } from './work-folder';

export { ConsolePortError } from './console/server';
export { OutputsError } from './engine/outputs';
export type { Reload } from './engine/watch';
export type { AwsCall } from './model/aws-call';
export type * from './model/deployment';
export { InspectorPortError } from './inspector';
export { DeploymentError } from './model/deployment-error';
export type { DynamodbCall } from './model/dynamodb-call';
export type { Statement } from './model/policy';
export { PortError, type RequestLog } from './services/api-gateway/server';
export { DataError } from './services/dynamodb/data-error';
export type { Context } from './services/iam/conditions';
export { type Decision, Evaluator } from './services/iam/evaluate';
export { arnPattern, wildcard } from './services/iam/pattern';
export { InvocationError } from './services/lambda/errors';

export { type IssuedToken, type TokenRequest, TokenRequestError } from './services/tokens/issue';
export { SynthError } from './source/synth-error';
export { synth, type SynthesizerOptions } from './source/synthesizer';
export type * from './start-options';
export { WorkFolderError } from './work-folder';

/** Longer than a reload takes. If a reload hangs, requests continue after this time. */
const BARRIER_TIMEOUT_MS = 15_000;

/**
 * Synthesizes a CDKTF app, or evaluates Terraform files, and serves the stacks.
 * @throws SynthError, DeploymentError, PortError, ConsolePortError, DataError, OutputsError, InspectorPortError or WorkFolderError, after it has stopped everything
 * @example
 * const run = await start({ folder: 'my-app', port: 0 });
 * const items = run.deployments.find(({ stack }) => stack === 'items');
 * await fetch(`${items?.outputs['url']}/items`);
 * await run.stop();
 */
export async function start(options: StartOptions): Promise<Running> {
  const cleanups: Cleanups = [];
  const stop = async () => {
    const stopResuming = resumePausedThreads();
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    stopResuming();
  };
  try {
    checkOutputsFile(options.outputsFile);
    const workFolder = createWorkFolder(cleanups);
    const inspectorUrl = options.inspect === undefined ? undefined : openInspector(options.inspect, cleanups);
    const history = new History();
    const barrier = new ReloadBarrier(BARRIER_TIMEOUT_MS);
    // The DynamoDB thread starts while this thread reads the project.
    const tables = startTables(options, cleanups);
    const awsEndpoint = startAwsEndpoint(options, cleanups);
    const source = createSource(path.join(workFolder, 'source'), options, cleanups);
    const watch = options.watch ? createWatch({ barrier, source, options, history, cleanups }) : undefined;
    const loading = loadStacks(source, options);
    // If DynamoDB cannot start, fail immediately. Otherwise only later steps need it.
    const { stacks, snapshot } = await Promise.race([loading, tables.then(() => loading)]);
    const tokens = new TokenVerifier();
    const folder = path.join(workFolder, 'functions');
    const engine = createEngine({
      folder,
      dynamodb: tables,
      awsEndpoint,
      barrier,
      options,
      history,
      source,
      tokens,
      cleanups,
    });
    // The servers accept connections before the start has ended.
    const endStart = barrier.holdForStart();
    await engine.apply(stacks);
    for (const failure of engine.failures) options.onFault?.(failure);
    const { endpoint } = await tables;
    const consoleSource = { site: engine, history, dynamodbEndpoint: endpoint, issuer: tokens.localIssuer };
    const page = await startPage(consoleSource, options, cleanups);
    options.signal?.throwIfAborted();
    if (options.outputsFile !== undefined) {
      const withApis = source.kind === 'terraform';
      writeOutputs(options.outputsFile, { deployments: engine.deployments, page, withApis });
    }
    if (snapshot) await watch?.begin(engine, snapshot, page);
    // Until then, the caller can print that the run is ready.
    setImmediate(endStart);
    return {
      get deployments() {
        return engine.deployments;
      },
      page,
      inspector: inspectorUrl,
      invoke: async (functionName, event) => {
        await barrier.waiting;
        return engine.invoke(functionName, event);
      },
      issueToken: (request = {}) => issueToken(engine.deployments, tokens.localIssuer, request),
      stop,
    };
  } catch (error) {
    await stop();
    // An aborted start may fail in any way.
    options.signal?.throwIfAborted();
    throw error;
  }
}
