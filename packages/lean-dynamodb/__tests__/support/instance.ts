/** Runs a bundled function in a child process, as Lambda does: with Lambda's environment, freezes, and one invocation at a time. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** The code of the child process. It writes results to descriptor 3, because the function logs to stdout and stderr. */
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
  /** @param environment environment variables to set for this and later invocations; null removes a variable */
  invoke(event: object, environment?: Readonly<Record<string, string | null>>): Promise<Result>;
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** @throws Error with the function's stderr when the function fails to load */
export async function startInstance(file: string, env: Readonly<Record<string, string>>): Promise<Instance> {
  const child = spawn(process.execPath, ['-e', RUNTIME, file], {
    env,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  }) as unknown as ChildProcessByStdio<Writable, null, Readable> & { stdio: readonly Readable[] };
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const results = createInterface({ input: child.stdio[3] as Readable });
  const nextResult = async (): Promise<unknown> => {
    const [line] = (await once(results, 'line')) as [string];
    return JSON.parse(line);
  };
  const exited = once(child, 'close');
  await Promise.race([nextResult(), exited.then(() => Promise.reject(new Error(stderr)))]);
  return {
    invoke: async (event, environment = {}) => {
      const result = nextResult();
      child.stdin.write(`${JSON.stringify({ event, environment })}\n`);
      return (await result) as Result;
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The environment variables of a function in Lambda. */
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

/** The event for get-item.ts. */
export function getEvent(id: string): object {
  return { id };
}
