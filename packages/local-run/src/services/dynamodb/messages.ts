/** Messages between the main thread and the DynamoDB thread. */
import type { MessagePort } from 'node:worker_threads';
import type { GuardRules } from './guard/rules';

/**
 * The DynamoDB that stores the tables. `folder`: dynalite, with its tables in the folder, or in memory when it is undefined.
 * `endpoint`: a running DynamoDB.
 */
export type Store = { readonly folder: string | undefined } | { readonly endpoint: string };

/** `workerData` of the DynamoDB thread. */
export interface WorkerInput {
  readonly store: Store;
}

/** A message to the DynamoDB thread. */
export type WorkerRequest =
  /** The guard reports each call through the port `calls`. */
  | { readonly kind: 'startGuard'; readonly runKey: string; readonly rules: GuardRules; readonly calls: MessagePort }
  | { readonly kind: 'setRules'; readonly id: number; readonly rules: GuardRules }
  | { readonly kind: 'close' };

/** A message from the DynamoDB thread. */
export type WorkerMessage =
  | { readonly kind: 'listening'; readonly endpoint: string }
  /** The store cannot be opened. `locked`: another process has it open. */
  | { readonly kind: 'failed'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'guardStarted'; readonly endpoint: string }
  | { readonly kind: 'rulesSet'; readonly id: number }
  /** An exception that dynalite threw for a request. */
  | { readonly kind: 'fault'; readonly message: string };
