/** Messages between the thread of the run and the DynamoDB thread. */
import type { MessagePort } from 'node:worker_threads';
import type { GuardRules } from './guard/rules';

/** dynalite, which keeps its tables in a folder or in memory (undefined), or the endpoint of a running DynamoDB. */
export type Store = { readonly folder: string | undefined } | { readonly endpoint: string };

/** The `workerData` of the DynamoDB thread. */
export interface WorkerInput {
  readonly store: Store;
}

export type Request =
  /** `calls` receives each call that the guard reports. */
  | { readonly kind: 'startGuard'; readonly runKey: string; readonly rules: GuardRules; readonly calls: MessagePort }
  | { readonly kind: 'setRules'; readonly id: number; readonly rules: GuardRules }
  | { readonly kind: 'close' };

export type Message =
  | { readonly kind: 'listening'; readonly endpoint: string }
  /** The store cannot be opened. `locked`: another process has opened it. */
  | { readonly kind: 'failed'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'guardStarted'; readonly endpoint: string }
  | { readonly kind: 'rulesSet'; readonly id: number }
  /** An exception that dynalite threw for a request. */
  | { readonly kind: 'fault'; readonly message: string };
