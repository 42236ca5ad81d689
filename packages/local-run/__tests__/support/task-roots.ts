/** Runs functions from real archives: unpacks them with their layers, and invokes them in a pool. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import type { Archive, FunctionDeployment } from '../../src/model/deployment';
import { Pool } from '../../src/services/lambda/pool';
import { TaskRoots } from '../../src/services/lambda/task-roots';

type Files = Readonly<Record<string, string>>;

export function archiveOf(files: Files): Archive {
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  const archive = zipSync(Object.fromEntries(entries), { mtime: '2020-01-01T00:00:00Z' });
  return { archive, archiveHash: createHash('sha256').update(archive).digest('base64') };
}

export interface ArchivedFunctions {
  readonly folder: string;
  /** The lines that the functions logged. */
  readonly lines: string[];
  /** Invokes a new function with this code. @returns the handler's result */
  run(files: Files, options?: Partial<FunctionDeployment>): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param projectFolder the user's folder, with packages in `node_modules` */
export function archivedFunctions(projectFolder?: string): ArchivedFunctions {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'archived-'));
  const roots = new TaskRoots(path.join(folder, 'functions'), projectFolder);
  const pools: Pool[] = [];
  const lines: string[] = [];
  return {
    folder,
    lines,
    run: async (files, options) => {
      const deployment = { ...DEPLOYMENT, ...archiveOf(files), ...options };
      const pool = new Pool(deployment, {
        taskRoot: roots.folderFor(deployment),
        dynamodbEndpoint: 'http://127.0.0.1:1',
        onLog: (line) => lines.push(line),
      });
      pools.push(pool);
      return JSON.parse((await pool.invoke({})).json) as unknown;
    },
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const DEPLOYMENT: FunctionDeployment = {
  name: 'fn',
  arn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
  roleArn: 'arn:aws:iam::000000000000:role/fn-role',
  region: 'eu-west-1',
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  archive: '',
  archiveHash: '',
  memoryMb: 256,
  timeoutMs: 10_000,
  environment: {},
  logGroup: '/aws/lambda/fn',
  logFormat: 'JSON',
  logLevel: 'INFO',
};
