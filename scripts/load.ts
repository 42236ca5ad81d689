/** `npm run load`: sends many requests to a deployment, and prints throughput, latencies and throttled requests. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { formatFigures } from './load/figures';
import { generateLoad, type LoadLimits } from './load/generator';
import { readTarget, sessionTarget } from './load/target';
import { ROOT } from './project';
import { contractOf } from './smoke/find-session';
import { apiStacks, readOutputs } from './smoke/outputs';
import { SessionError, type StackOutputs } from './smoke/step';
import { isLoopback } from './smoke/tokens';

/** Default and hard maximum of each limit. */
const LIMITS = {
  seconds: { default: 10, max: 60 },
  connections: { default: 10, max: 100 },
  requests: { default: 10_000, max: 100_000 },
} as const;

/** An upper estimate: docs/costs.md shows $4.95 for a million requests to a REST API. */
const USD_PER_MILLION_REQUESTS = 6;

const HELP = `Sends many requests to each API of a deployment, and prints requests a second, latencies, errors
and throttled requests.

  npm run load -- [options] FILE

  FILE             outputs of the deployment, as for npm run smoke
  --app FOLDER     the app of the deployment (default: this project), for example examples/orders
  --seconds N      time for each API (default: ${LIMITS.seconds.default}, maximum: ${LIMITS.seconds.max})
  --connections N  concurrent requests (default: ${LIMITS.connections.default}, maximum: ${LIMITS.connections.max})
  --requests N     requests to each API (default: ${LIMITS.requests.default}, maximum: ${LIMITS.requests.max})
  --write          sends the requests of the API's smoke session, which also create, change and
                   delete items
  --yes            accepts the cost of requests to AWS
  --help           shows this help

load sends requests to the read route of each API, with a key that no item has: the route answers
404 after it has read the table. With --write, it deletes the items that it creates, if the API
has a route for that. It sends the credentials of npm run smoke: npm run smoke -- --help names the
variables for tokens.

The percentiles are of the answers without the throttled requests (429). Each other unexpected
status, and a missing answer, is an error. After 100 errors, load ends the test of the API. With
an error, it ends with status 1.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      app: { type: 'string', default: '.' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      requests: { type: 'string' },
      write: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [file] = positionals;
  if (file === undefined) throw new Error(`The outputs file is missing.\n\n${HELP}`);
  const limits: LoadLimits = {
    seconds: limitOf('seconds', values.seconds),
    connections: limitOf('connections', values.connections),
    requests: limitOf('requests', values.requests),
  };
  const outputs = readOutputs(file);
  const stacks = apiStacks(outputs);
  if (stacks.length === 0) throw new Error(`${file} has no stack with an API.`);
  if (!values.yes)
    refuseCost(
      stacks.filter((stack) => !isOnThisMachine(outputs[stack] ?? {})),
      limits,
      values.write,
    );
  const faults: string[] = [];
  for (const stack of stacks) {
    const fault = await loadStack(stack, outputs[stack] ?? {}, { ...values, limits });
    if (fault !== undefined) faults.push(`${stack}: ${fault}`);
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** @throws Error when the text is not a whole number from 1 to the maximum */
function limitOf(name: keyof typeof LIMITS, text?: string): number {
  const { default: byDefault, max } = LIMITS[name];
  if (text === undefined) return byDefault;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= max) return value;
  throw new Error(`--${name} is ${text}; it must be a whole number from 1 to ${max}.`);
}

/** Whether requests to the API stay on this machine, and so cost nothing: the local run, or an emulator. */
function isOnThisMachine({ url }: StackOutputs): boolean {
  return isLoopback(String(url));
}

/** @param stacks the stacks that are not on this machine @throws Error with the cost when there are any */
function refuseCost(stacks: readonly string[], { requests }: LoadLimits, write: boolean): void {
  if (stacks.length === 0) return;
  const total = stacks.length * requests;
  const usd = Math.max(0.01, (total / 1e6) * USD_PER_MILLION_REQUESTS).toFixed(2);
  const effect = write
    ? 'The requests create, change and delete items of the deployed tables'
    : 'The requests only read';
  throw new Error(
    `${stacks.join(', ')}: not on this machine. Up to ${total.toLocaleString('en-US')} requests cost about $${usd} ` +
      `(docs/costs.md). ${effect}, and can throttle other callers and start alarms. Pass --yes to send them.`,
  );
}

interface LoadOptions {
  readonly app: string;
  readonly write: boolean;
  readonly limits: LoadLimits;
}

/** Runs the load test of a stack, and prints its figures. @returns what failed, or undefined */
async function loadStack(
  stack: string,
  outputs: StackOutputs,
  { app, write, limits }: LoadOptions,
): Promise<string | undefined> {
  const folder = path.resolve(ROOT, app);
  const api = await contractOf(stack, folder);
  if (!api) return `no contract of ${app} has this name. Pass --app with the folder of its app.`;
  try {
    const target = write ? await sessionTarget(api, outputs, folder) : await readTarget(api, outputs);
    if (!target) {
      console.log(`\n${stack} has no GET route. With --write, load sends the requests of its smoke session.`);
      return undefined;
    }
    const { connections, seconds, requests } = limits;
    console.log(
      `\n${stack} at ${target.url}: ${connections} connections, at most ${seconds} s and ${requests.toLocaleString('en-US')} requests`,
    );
    const result = await generateLoad(target, limits);
    console.log(formatFigures(result.figures, result.seconds));
    if (result.leftItems > 0) return `${result.leftItems} items could not be deleted. Delete them by hand.`;
    const failed = [...result.figures].find(([, { errors }]) => errors > 0);
    return failed && `${failed[0]}: ${failed[1].errors} errors. The first: ${failed[1].firstError}`;
  } catch (error) {
    if (error instanceof SessionError) return error.message;
    throw error;
  }
}

cli('load', main);
