/** What the local run prints: the same events for a person, and for machines. */
import type { Deployment } from '../model/deployment';
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import type { Reload } from '../engine/watch';
import { JsonPrinter } from './json';
import { TextPrinter } from './text';

export const LOG_FORMATS = ['text', 'json'] as const;

export type LogFormat = (typeof LOG_FORMATS)[number];

export interface Ready {
  readonly deployments: readonly Deployment[];
  /** The console page's. */
  readonly page: string | undefined;
  /** The port that was asked for; 0: whichever is free. */
  readonly pagePort: number;
  /** Since the start, in ms. */
  readonly milliseconds: number;
  readonly watching: boolean;
}

export interface Printer {
  starting(): void;
  ready(ready: Ready): void;
  request(log: RequestLog): void;
  /** A call that IAM or the guard did not let through. */
  denied(call: DynamodbCall): void;
  log(functionName: string, line: string, requestId: string | undefined): void;
  reload(reload: Reload, deployments: readonly Deployment[]): void;
  /** What went wrong within the local run itself. */
  fault(text: string): void;
  /** Why it ends. */
  failed(message: string): void;
}

export interface PrinterOptions {
  /** Also routine log lines, and events and results. */
  readonly verbose: boolean;
}

export function printer(format: LogFormat, options: PrinterOptions): Printer {
  return format === 'json' ? new JsonPrinter(options) : new TextPrinter(options);
}
