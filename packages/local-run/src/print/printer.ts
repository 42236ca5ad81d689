/** The interface of the printers. A printer prints the events of a local run, as text for a person or as JSON for machines. */
import type { AwsCall } from '../model/aws-call';
import type { Deployment } from '../model/deployment';
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import type { Reload } from '../engine/watch';

export const LOG_FORMATS = ['text', 'json'] as const;

export type LogFormat = (typeof LOG_FORMATS)[number];

export interface Ready {
  readonly deployments: readonly Deployment[];
  /** The URL of the console page. Undefined: there is no console. */
  readonly page: string | undefined;
  /** The requested port of the console page. 0: any free port. */
  readonly pagePort: number;
  /** How long the start took. */
  readonly milliseconds: number;
  readonly watching: boolean;
}

export interface Printer {
  /** @param kind undefined: the folder has no project */
  starting(kind: 'cdktf' | 'terraform' | undefined): void;
  ready(ready: Ready): void;
  request(log: RequestLog): void;
  /** A DynamoDB call that the role's policies denied or the guard refused. */
  denied(call: DynamodbCall): void;
  /** A call of a function to a service that the run does not simulate. */
  notSimulatedCall(call: AwsCall): void;
  log(functionName: string, line: string, requestId: string | undefined): void;
  reload(reload: Reload, deployments: readonly Deployment[]): void;
  /** The text that the app printed during a synth. Empty if it printed nothing. */
  appOutput(text: string): void;
  /** An error in the local run itself. The run continues. */
  fault(text: string): void;
  /** The error that ends the run. */
  failed(message: string): void;
}

export interface PrinterOptions {
  /** Whether to print routine log lines, events and results, too. */
  readonly verbose: boolean;
}
