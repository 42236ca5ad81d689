/** `npm start`: arguments, and the process around the local run. */
import { parseArgs } from 'node:util';
import { deploymentsText, logText, refusedText, requestText } from './console';
import { DataError } from './dynamodb';
import { PortError } from './gateway/server';
import { type Running, start } from './index';
import { OutputsError } from './outputs';
import { SynthError } from './synth';
import { DeploymentError } from './terraform/stack';

const HELP = `Runs the synthesized Terraform on this machine, without AWS.

  npm start -- [options]

  --port N             port of the first stack's API; the next stack has the following
                       (default 3000; 0: any free ones)
  --outputs-file FILE  writes the outputs there once everything answers,
                       as cdktf deploy --outputs-file does
  --data FOLDER        keeps the tables in FOLDER (default: in memory, gone at the end)
  --dynamodb-endpoint URL
                       uses a DynamoDB that runs already, in place of its own
  --verbose            shows every line that the functions log, not only warnings and errors
  --help               shows this
`;

interface Arguments {
  readonly port: number;
  readonly outputsFile: string | undefined;
  readonly data: string | undefined;
  readonly dynamodbEndpoint: string | undefined;
  readonly verbose: boolean;
}

class UsageError extends Error {}

/** Errors whose message says all; others are faults of ours and show their stack. */
const EXPLAINED = [UsageError, DataError, PortError, OutputsError, SynthError, DeploymentError];

/** @returns undefined when help was asked for */
function readArguments(argv: readonly string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '3000' },
        'outputs-file': { type: 'string' },
        data: { type: 'string' },
        'dynamodb-endpoint': { type: 'string' },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535) {
      throw new UsageError(`--port: saw ${values.port}; allowed is a whole number from 0 to 65535.`);
    }
    if (values['outputs-file'] === '' || values.data === '') {
      throw new UsageError('--outputs-file and --data: saw nothing; each needs a path.');
    }
    const dynamodbEndpoint = values['dynamodb-endpoint'];
    if (dynamodbEndpoint !== undefined && !/^https?:$/.test(protocolOf(dynamodbEndpoint))) {
      throw new UsageError(
        `--dynamodb-endpoint: saw ${dynamodbEndpoint}; allowed is a URL such as http://127.0.0.1:8000.`,
      );
    }
    if (dynamodbEndpoint !== undefined && values.data !== undefined) {
      throw new UsageError('--data and --dynamodb-endpoint exclude each other: the tables are either here or there.');
    }
    const { port, data, verbose, 'outputs-file': outputsFile } = values;
    return { port: Number(port), outputsFile, data, verbose, dynamodbEndpoint };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [message] = (error as Error).message.split('\n');
    throw new UsageError(`${message}\nnpm start -- --help shows the options.`);
  }
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (!given) {
    process.stdout.write(HELP);
    return;
  }
  const began = performance.now();
  const abort = new AbortController();
  const starting: { promise?: Promise<Running> } = {};
  stopOnSignals(abort, starting);
  console.log('Building and synthesizing ...');
  starting.promise = start({
    ...given,
    signal: abort.signal,
    platformLog: given.verbose,
    onRequest: (log) => console.log(requestText(log)),
    onLog: (name, line) => {
      const text = logText(name, line, given.verbose);
      if (text !== undefined) console.log(text);
    },
    onCall: (call) => {
      if (call.decision !== 'allowed') console.warn(refusedText(call));
    },
    onFault: (text) => console.error(text),
  });
  const { deployments } = await starting.promise;
  console.log(`\n${deploymentsText(deployments)}`);
  console.log(`Ready in ${((performance.now() - began) / 1000).toFixed(1)} s; Ctrl-C ends it.\n`);
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

/** The one line that says what went wrong; a stack only where it is a fault of ours. */
function explain(error: unknown): void {
  console.error(EXPLAINED.some((kind) => error instanceof kind) ? (error as Error).message : error);
  process.exit(1);
}

main().catch((error: unknown) => {
  // The start that a signal gave up.
  if (!(error instanceof Error && error.name === 'AbortError')) explain(error);
});
