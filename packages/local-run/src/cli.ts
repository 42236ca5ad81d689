/** The command `local-run` (`npm start`): reads arguments, prints events, handles signals. */
import { type Arguments, HELP, readArguments, UsageError } from './arguments';
import { DataError } from './services/dynamodb/data-error';
import { PortError } from './services/api-gateway/server';
import { type ConsoleOptions, type Running, start } from './index';
import { OutputsError } from './engine/outputs';
import { InspectorPortError } from './inspector';
import { ConsolePortError } from './console/server';
import { createPrinter } from './print/create-printer';
import type { Printer } from './print/printer';
import { sourceKindOf } from './source/create-source';
import { SynthError } from './source/synth-error';
import { DeploymentError } from './model/deployment-error';
import { useUtc } from './time-zone';
import { WorkFolderError } from './work-folder';

/** Errors that the user can correct: only their message is printed. Other errors are bugs and print their stack. */
const USER_ERRORS = [
  ...[UsageError, DataError, PortError, ConsolePortError, OutputsError, SynthError, DeploymentError],
  ...[InspectorPortError, WorkFolderError],
];

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  // Reports invalid arguments in the requested format, too.
  if (requestsJson(argv)) printFailure = (text) => createPrinter('json', { verbose: false }).failed(text);
  const options = readArguments(argv);
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const print = createPrinter(options.logFormat, options);
  printFailure = (text) => print.failed(text);
  const startedAt = performance.now();
  const abort = new AbortController();
  const starting: { promise?: Promise<Running> } = {};
  stopOnSignals(abort, starting);
  print.starting(sourceKindOf(options.folder));
  const console = consoleOptions(options);
  starting.promise = start({
    ...options,
    environment: useUtc(),
    signal: abort.signal,
    platformLog: options.verbose,
    console,
    ...eventHandlers(print, abort.signal),
  });
  const { deployments, page } = await starting.promise;
  const milliseconds = performance.now() - startedAt;
  print.ready({ deployments, page, pagePort: console.port, milliseconds, watching: options.watch });
}

/** Another run may use the default port, so any free port replaces it. A requested port must be free. */
function consoleOptions({ port, consolePort }: Pick<Arguments, 'port' | 'consolePort'>): ConsoleOptions {
  return consolePort === undefined ? { port: port === 0 ? 0 : 3999, fallback: true } : { port: consolePort };
}

function requestsJson(argv: readonly string[]): boolean {
  return argv.some(
    (argument, index) =>
      argument === '--log-format=json' || (argument === 'json' && argv[index - 1] === '--log-format'),
  );
}

/** @param stopped aborted when the run stops. Later requests and log lines are not printed: the stop interrupts functions */
function eventHandlers(print: Printer, stopped: AbortSignal) {
  return {
    onRequest: (log) => {
      if (!stopped.aborted) print.request(log);
    },
    onLog: (name, line, requestId) => {
      if (!stopped.aborted) print.log(name, line, requestId);
    },
    onCall: (call) => {
      if (call.decision !== 'allowed') print.denied(call);
    },
    onAwsCall: (call) => print.notSimulatedCall(call),
    onReload: (reload, deployments) => print.reload(reload, deployments),
    onAppOutput: (text) => print.appOutput(text),
    onFault: (text) => print.fault(text),
  } satisfies Partial<Parameters<typeof start>[0]>;
}

/**
 * Stops the run on a signal, even during the start, and exits with status 0. Ignores further signals: on Ctrl-C, the terminal
 * and npm both send one. A closed output (`npm start | head`) stops the run, too.
 */
function stopOnSignals(abort: AbortController, starting: { readonly promise?: Promise<Running> }): void {
  const stop = () => {
    if (abort.signal.aborted) return;
    abort.abort();
    const stopped = starting.promise?.then((running) => running.stop());
    void Promise.resolve(stopped)
      .catch(() => undefined)
      .then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);
}

/** Prints the error that ends the run, in the requested log format. */
let printFailure = (text: string): void => console.error(text);

function exitWithError(error: unknown): void {
  if (USER_ERRORS.some((kind) => error instanceof kind)) printFailure((error as Error).message);
  else printFailure(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}

main().catch((error: unknown) => {
  // A signal aborted the start; stopOnSignals exits.
  if (!(error instanceof Error && error.name === 'AbortError')) exitWithError(error);
});
