/** Creates pools of functions, with handler files in a temporary folder. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FunctionDeployment } from '../../src/model/deployment';
import { InvocationError } from '../../src/services/lambda/errors';
import { Pool } from '../../src/services/lambda/pool';
import type { PoolOptions } from '../../src/services/lambda/pool-options';

export interface FunctionPools {
  /** Folder of the handler files. */
  readonly folder: string;
  /** All lines of the functions' logs. */
  readonly lines: string[];
  /** Writes the source to a handler file and creates a pool for it. */
  create(source: string, options?: FunctionOptions): Pool;
  /** Stops all pools and removes the folder. */
  stop(): Promise<void>;
}

export type FunctionOptions = Partial<FunctionDeployment> &
  Pick<PoolOptions, 'platformLog' | 'initTimeoutMs' | 'scaling' | 'access' | 'awsEndpoint'> & {
    /** @default index.js */
    readonly file?: string;
  };

/** @param onLog called with each log line and the request id of its invocation */
export function createFunctionPools(onLog?: PoolOptions['onLog']): FunctionPools {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pool-'));
  const pools: Pool[] = [];
  const lines: string[] = [];
  return {
    folder,
    lines,
    create: (
      source,
      { file = 'index.js', platformLog, initTimeoutMs, scaling, access, awsEndpoint, ...options } = {},
    ) => {
      writeFileSync(path.join(folder, file), source);
      const pool = new Pool(
        { ...DEPLOYMENT, ...options },
        {
          taskRoot: folder,
          dynamodbEndpoint: 'http://127.0.0.1:1',
          awsEndpoint,
          onLog: (line, requestId) => {
            lines.push(line);
            onLog?.(line, requestId);
          },
          scaling,
          ...(platformLog !== undefined && { platformLog }),
          ...(access && { access }),
          ...(initTimeoutMs !== undefined && { initTimeoutMs }),
        },
      );
      pools.push(pool);
      return pool;
    },
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns the error of an invocation, which must fail */
export async function failure(promise: Promise<unknown>): Promise<InvocationError> {
  const error: unknown = await promise.then(
    () => new Error('The invocation succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvocationError);
  return error as InvocationError;
}

export const DEPLOYMENT: FunctionDeployment = {
  name: 'fn',
  arn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
  roleArn: 'arn:aws:iam::000000000000:role/fn-role',
  region: 'eu-west-1',
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  archive: '',
  archiveHash: '',
  memoryMb: 128,
  timeoutMs: 3000,
  environment: { GREETING: 'hello' },
  logGroup: '/aws/lambda/fn',
  logFormat: 'JSON',
  logLevel: 'INFO',
};
