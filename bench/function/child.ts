/** Runs in a new process: loads a handler, calls it once, then many times, and writes the measurements to descriptor 3. */
import { readFileSync, writeSync } from 'node:fs';

export interface Measured {
  /** Time to load the function, in ms. */
  readonly init: number;
  /** Time from the start of the process to the first answer, in ms. */
  readonly cold: number;
  /** CPU time of all threads up to the first answer, in ms. */
  readonly coldCpu: number;
  /** Percentiles of the time of a warm request, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** CPU time of all threads for each warm request, in ms. */
  readonly cpu: number;
  /** Maximum resident memory of the process, in MB. */
  readonly memory: number;
}

type Handler = (event: object, context: object) => Promise<{ readonly statusCode: number; readonly body: string }>;

const [, , file = '', request = '', warmUp = '0', requests = '0'] = process.argv;

const { event, status } = JSON.parse(request) as { readonly event: object; readonly status: number };

const context = {
  awsRequestId: '8f507cfc-xmpl-4697-b07a-ac58fc914c95',
  functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${process.env['AWS_LAMBDA_FUNCTION_NAME']}`,
  memoryLimitInMB: '256',
};

const cpu = (since?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** Reads the maximum resident memory. On Linux, getrusage would include the parent's memory at the fork, so it reads /proc. */
function maxMemoryMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

async function main(): Promise<void> {
  const before = performance.now();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as Lambda's runtime loads it
  const { handler } = require(file) as { readonly handler: Handler };
  const init = performance.now() - before;
  const { statusCode, body } = await handler(event, context);
  const cold = performance.now();
  const coldCpu = cpu();
  if (statusCode !== status) throw new Error(`The first answer was ${statusCode} ${body}`);
  for (let i = 0; i < Number(warmUp); i += 1) await handler(event, context);
  const times: number[] = [];
  const usage = process.cpuUsage();
  for (let i = 0; i < Number(requests); i += 1) {
    const start = performance.now();
    await handler(event, context);
    times.push(performance.now() - start);
  }
  const used = cpu(usage);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  const measured: Measured = {
    init,
    cold,
    coldCpu,
    p50: at(0.5),
    p99: at(0.99),
    cpu: used / Math.max(times.length, 1),
    memory: maxMemoryMb(),
  };
  writeSync(3, JSON.stringify(measured));
  process.exit();
}

void main();
