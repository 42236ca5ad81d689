/** `npm start`: the process around the local run. */
import { type Arguments, HELP, readArguments, UsageError } from './arguments';
import { DataError } from './services/dynamodb/data-error';
import { PortError } from './services/api-gateway/server';
import { type ConsoleOptions, type Running, start } from './index';
import { OutputsError } from './engine/outputs';
import { ConsolePortError } from './console/server';
import { createPrinter } from './print/create-printer';
import type { Printer } from './print/printer';
import { SynthError } from './source/synth-error';
import { DeploymentError } from './model/deployment-error';
import { useUtc } from './time-zone';

/** Errors whose message says all; others are faults of ours and show their stack. */
const EXPLAINED = [UsageError, DataError, PortError, ConsolePortError, OutputsError, SynthError, DeploymentError];

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  // Also of arguments that are wrong.
  if (asksForJson(argv)) failed = (text) => createPrinter('json', { verbose: false }).failed(text);
  const given = readArguments(argv);
  if (!given) {
    process.stdout.write(HELP);
    return;
  }
  const print = createPrinter(given.logFormat, given);
  failed = (text) => print.failed(text);
  const began = performance.now();
  const abort = new AbortController();
  const starting: { promise?: Promise<Running> } = {};
  stopOnSignals(abort, starting);
  print.starting();
  const console = consoleOf(given);
  starting.promise = start({
    ...given,
    environment: useUtc(),
    signal: abort.signal,
    platformLog: given.verbose,
    console,
    ...eventsTo(print, abort.signal),
  });
  const { deployments, page } = await starting.promise;
  const milliseconds = performance.now() - began;
  print.ready({ deployments, page, pagePort: console.port, milliseconds, watching: given.watch });
}

/** Two runs at once are nothing unusual; whoever gives a port wants that one. */
function consoleOf({ port, consolePort }: Pick<Arguments, 'port' | 'consolePort'>): ConsoleOptions {
  return consolePort === undefined ? { port: port === 0 ? 0 : 3999, orAny: true } : { port: consolePort };
}

function asksForJson(argv: readonly string[]): boolean {
  return argv.some(
    (one, index) => one === '--log-format=json' || (one === 'json' && argv[index - 1] === '--log-format'),
  );
}

/** @param over what is still under way then is ended with the run, and no failure of a function */
function eventsTo(print: Printer, over: AbortSignal) {
  return {
    onRequest: (log) => {
      if (!over.aborted) print.request(log);
    },
    onLog: (name, line, requestId) => {
      if (!over.aborted) print.log(name, line, requestId);
    },
    onCall: (call) => {
      if (call.decision !== 'allowed') print.denied(call);
    },
    onReload: (reload, deployments) => print.reload(reload, deployments),
    onFault: (text) => print.fault(text),
  } satisfies Partial<Parameters<typeof start>[0]>;
}

/**
 * Ends with status 0, also while it still starts. A second signal (from npm and the terminal both)
 * changes nothing. When nobody reads the output any more (`npm start | head`), it ends as well.
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

/** Says why it ends, in the form that was asked for. */
let failed = (text: string): void => console.error(text);

/** The one line that says what went wrong; a stack only where it is a fault of ours. */
function explain(error: unknown): void {
  if (EXPLAINED.some((kind) => error instanceof kind)) failed((error as Error).message);
  else failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}

main().catch((error: unknown) => {
  // The start that a signal gave up.
  if (!(error instanceof Error && error.name === 'AbortError')) explain(error);
});
