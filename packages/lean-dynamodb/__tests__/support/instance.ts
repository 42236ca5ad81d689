/** A bundled function in a process of its own, as Lambda runs one: its environment, its freezes, one invocation at a time. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Answers on descriptor 3: the log has stdout and stderr for itself. */
const RUNTIME = `
  const { writeSync } = require('node:fs');
  const { createInterface } = require('node:readline');
  const answer = (value) => writeSync(3, JSON.stringify(value) + '\\n');
  const { handler } = require(process.argv[1]);
  createInterface({ input: process.stdin }).on('line', async (line) => {
    const { event, environment } = JSON.parse(line);
    Object.assign(process.env, environment);
    for (const [name, value] of Object.entries(environment)) if (value === null) delete process.env[name];
    answer(await handler(event, { awsRequestId: 'x' }));
  });
  answer('ready');
`;

export interface Result {
  readonly statusCode: number;
  readonly body: string;
}

export interface Instance {
  /** @param environment changes to the environment, which stay; null: the variable goes */
  invoke(event: object, environment?: Readonly<Record<string, string | null>>): Promise<Result>;
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** @throws Error with what the function printed when it does not start */
export async function startInstance(file: string, env: Readonly<Record<string, string>>): Promise<Instance> {
  const child = spawn(process.execPath, ['-e', RUNTIME, file], {
    env,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  }) as unknown as ChildProcessByStdio<Writable, null, Readable> & { stdio: readonly Readable[] };
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const answers = createInterface({ input: child.stdio[3] as Readable });
  const next = async (): Promise<unknown> => {
    const [line] = (await once(answers, 'line')) as [string];
    return JSON.parse(line);
  };
  const exited = once(child, 'close');
  await Promise.race([next(), exited.then(() => Promise.reject(new Error(printed)))]);
  return {
    invoke: async (event, environment = {}) => {
      const answer = next();
      child.stdin.write(`${JSON.stringify({ event, environment })}\n`);
      return (await answer) as Result;
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** What Lambda and the stack `items` set. */
export const LAMBDA_ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_FUNCTION_NAME: 'x',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_ACCESS_KEY_ID: 'ASIAFIRST',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  TABLE_NAMES: 'items',
};

/** An event of get-item.ts. */
export function getEvent(id: string): object {
  return { id };
}
