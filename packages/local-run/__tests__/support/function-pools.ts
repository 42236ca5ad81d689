/** Pools of functions with real handler files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FunctionDeployment } from '../../src/model/deployment';
import { InvocationError } from '../../src/services/lambda/errors';
import { Pool } from '../../src/services/lambda/pool';
import type { PoolOptions } from '../../src/services/lambda/pool-options';

export interface FunctionPool {
  /** Folder of the handler files. */
  readonly folder: string;
  /** The log lines of the functions and of Lambda itself. */
  readonly lines: string[];
  /** Writes the source to a handler file and makes a pool for it. */
  of(source: string, options?: FunctionOptions): Pool;
  stop(): Promise<void>;
}

export type FunctionOptions = Partial<FunctionDeployment> &
  Pick<PoolOptions, 'platformLog' | 'initTimeoutMs' | 'scaling' | 'access'> & {
    /** @default index.js */
    readonly file?: string;
  };

/** @param onLog receives each log line and the id of its invocation */
export function functionPool(onLog?: PoolOptions['onLog']): FunctionPool {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pool-'));
  const pools: Pool[] = [];
  const lines: string[] = [];
  return {
    folder,
    lines,
    of: (source, { file = 'index.js', platformLog, initTimeoutMs, scaling, access, ...options } = {}) => {
      writeFileSync(path.join(folder, file), source);
      const pool = new Pool(
        { ...DEPLOYMENT, ...options },
        {
          taskRoot: folder,
          dynamodbEndpoint: 'http://127.0.0.1:1',
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

/** @returns the error with which an invocation fails */
export async function failure(promise: Promise<unknown>): Promise<InvocationError> {
  const error: unknown = await promise.then(
    () => new Error('The invocation succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvocationError);
  return error as InvocationError;
}

const DEPLOYMENT: FunctionDeployment = {
  name: 'fn',
  arn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
  roleArn: 'arn:aws:iam::000000000000:role/fn-role',
  region: 'eu-west-1',
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  archive: '',
  archiveHash: undefined,
  memoryMb: 128,
  timeoutMs: 3000,
  environment: { GREETING: 'hello' },
  logGroup: '/aws/lambda/fn',
  logFormat: 'JSON',
  logLevel: 'INFO',
};
