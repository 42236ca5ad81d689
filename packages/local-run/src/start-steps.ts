/** The steps of `start`. A step that starts a process, server or watcher adds a cleanup that stops it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ConsoleSource } from './console/api-call';
import type { History } from './console/history';
import { ConsoleServer } from './console/server';
import { publishConsole } from './engine/console-address';
import { Engine } from './engine/engine';
import { type Outputs, writeOutputs } from './engine/outputs';
import type { ReloadBarrier } from './engine/reload-barrier';
import { Watch } from './engine/watch';
import { type Dynamodb, remoteDynamodb, startDynamodb } from './services/dynamodb/dynamodb';
import { startOtherServices } from './services/other-services/server';
import type { TokenVerifier } from './services/tokens/token-verifier';
import { stacksIn } from './source/cdktf';
import { userCacheFolder } from './source/cache-folder';
import { CdktfSource } from './source/cdktf-source';
import { createSource as sourceOf } from './source/create-source';
import type { ProjectSnapshot } from './source/project-files';
import type { Source } from './source/source';
import type { Stack } from './source/stack';
import { cacheFolder } from './source/synth-cache';
import { Synthesizer } from './source/synthesizer';
import type { StartOptions } from './start-options';

/** Functions that undo the completed steps of `start`, in the order of the steps. `stop` calls them in reverse order. */
export type Cleanups = (() => Promise<void> | void)[];

/** Starts dynalite, or the guard of a running DynamoDB. */
export async function startTables(
  { data, dynamodbEndpoint, onFault }: StartOptions,
  cleanups: Cleanups,
): Promise<Dynamodb> {
  const starting =
    dynamodbEndpoint === undefined
      ? startDynamodb(data, (text) => onFault?.(`dynalite: ${text}`))
      : remoteDynamodb(dynamodbEndpoint, (text) => onFault?.(`guard of DynamoDB: ${text}`));
  // Adds the cleanup before DynamoDB has started, because the synth may fail first.
  cleanups.push(() => starting.then((dynamodb) => dynamodb.stop()).catch(() => undefined));
  return starting;
}

/** @returns the endpoint of AWS services other than DynamoDB: an emulator, or a server that answers with errors */
export async function startAwsEndpoint({ awsEndpoint, onAwsCall }: StartOptions, cleanups: Cleanups): Promise<string> {
  if (awsEndpoint !== undefined) return awsEndpoint;
  const services = await startOtherServices((call) => onAwsCall?.(call));
  cleanups.push(() => services.stop());
  return services.url;
}

export function createSource(workFolder: string, options: StartOptions, cleanups: Cleanups): Source {
  const { folder = '.', outputsFile, data, cache, inspect, signal, terraform, synthesized } = options;
  // Lets an app leave out what hides the code from a debugger, such as minified names.
  const environment = { ...options.environment, ...(inspect !== undefined && { LOCAL_RUN_INSPECT: '1' }) };
  const written = [outputsFile, data].filter((file) => file !== undefined);
  const common = { folder: path.resolve(folder), workFolder, environment, written, cache };
  const source =
    synthesized === undefined ? sourceOf({ ...common, terraform }) : new CdktfSource(new Synthesizer(common));
  // `stop` settles when all processes of the source have ended. They write to the work folder, which another cleanup removes.
  cleanups.push(() => source.stop());
  signal?.addEventListener('abort', () => void source.stop());
  return source;
}

/** The parts that several steps use. */
interface Parts {
  readonly barrier: ReloadBarrier;
  readonly options: StartOptions;
  readonly history: History;
  readonly cleanups: Cleanups;
}

export function createWatch({
  barrier,
  source,
  options: { outputsFile, onReload, onAppOutput, onFault },
  history,
  cleanups,
}: Parts & { readonly source: Source }): Watch {
  const watch = new Watch({
    barrier,
    source,
    onReload: (reload, deployments, page) => {
      if (reload.outcome === 'reloaded')
        rewriteOutputs(outputsFile, { deployments, page, withApis: source.kind === 'terraform' }, onFault);
      history.addReload(reload);
      onReload?.(reload, deployments);
    },
    onAppOutput: (text) => onAppOutput?.(text),
    onFault: (text) => onFault?.(text),
  });
  cleanups.push(() => watch.stop());
  return watch;
}

/** @returns the stacks of the source, with the snapshot of the project's files, unless `synthesized` names an earlier output */
export async function loadStacks(
  source: Source,
  { synthesized, onAppOutput }: StartOptions,
): Promise<{ stacks: readonly Stack[]; snapshot?: ProjectSnapshot }> {
  if (synthesized !== undefined) return { stacks: stacksIn(synthesized) };
  const { stacks, snapshot, output } = await source.load();
  onAppOutput?.(output);
  return { stacks, snapshot };
}

interface EngineParts extends Parts {
  readonly source: Source;
  /** Folder for the unpacked archives. */
  readonly folder: string;
  readonly dynamodb: Promise<Dynamodb>;
  readonly awsEndpoint: Promise<string>;
  readonly tokens: TokenVerifier;
}

export function createEngine(parts: EngineParts): Engine {
  const { folder, dynamodb, awsEndpoint, barrier, options, history, source, tokens, cleanups } = parts;
  const { port, onRequest, onCall, onLog, platformLog = false, strict, instances, signal } = options;
  const projectFolder = path.resolve(options.folder ?? '.');
  const engine = new Engine(dynamodb, barrier, {
    port,
    portsFile: portsFile(source, options),
    only: options.only,
    folder,
    projectFolder,
    awsEndpoint,
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
    strict,
    scaling: instances,
    tokens,
    signal,
  });
  cleanups.push(() => engine.stop());
  return engine;
}

/**
 * With `--data`, the ports are remembered beside the tables; otherwise in the cache, for each app separately. The run writes nothing
 * into the folders of Terraform projects.
 */
function portsFile({ kind, project }: Source, { folder = '.', data }: StartOptions): string {
  if (data !== undefined) return path.join(path.resolve(data), 'ports.json');
  const app = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12);
  const cache = kind === 'terraform' ? userCacheFolder() : cacheFolder(project.root);
  return path.join(cache, `ports-${app}.json`);
}

export async function startPage(
  source: ConsoleSource,
  { console: options, folder = '.' }: StartOptions,
  cleanups: Cleanups,
): Promise<string | undefined> {
  if (!options) return undefined;
  const server = new ConsoleServer(source);
  cleanups.push(() => server.close());
  const url = await server.listen(options.port, options.fallback ?? false);
  cleanups.push(publishConsole(folder, url));
  return url;
}

/** Writes the outputs after a reload. Reports an error as a fault, because the reload itself succeeded. */
function rewriteOutputs(file: string | undefined, outputs: Outputs, onFault: StartOptions['onFault']): void {
  if (file === undefined) return;
  try {
    writeOutputs(file, outputs);
  } catch (error) {
    onFault?.(`--outputs-file ${file} still has the outputs from before the reload: ${(error as Error).message}`);
  }
}
