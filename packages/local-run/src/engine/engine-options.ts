/** Options of the engine. */
import type { DynamodbCall } from '../model/dynamodb-call';
import type { RequestLog } from '../services/api-gateway/server';
import type { ScalingMode } from '../services/lambda/scaling';
import type { TokenVerifier } from '../services/tokens/token-verifier';

export interface EngineOptions {
  /** Port of the first API; each further API has the next port. 0: any free ports. */
  readonly port: number;
  /** Remembers the ports between runs. @default they are remembered until the run ends */
  readonly portsFile?: string | undefined;
  /** Names of the stacks to serve. @default all stacks */
  readonly only?: readonly string[] | undefined;
  /** Folder for the unpacked archives. */
  readonly folder: string;
  /** The user's folder: functions that do not contain the SDK use its packages. @default only the packages of the local run */
  readonly projectFolder?: string | undefined;
  readonly onRequest: (log: RequestLog) => void;
  readonly onCall: (call: DynamodbCall) => void;
  /** The endpoint of AWS services other than DynamoDB, for functions. @default the endpoints of AWS */
  readonly awsEndpoint?: Promise<string> | undefined;
  readonly onLog: (functionName: string, line: string, requestId?: string) => void;
  /** Whether to log START, END and REPORT of every invocation, not only of failed invocations. */
  readonly platformLog: boolean;
  /** Whether to refuse deployments with a part that is not simulated. @default false */
  readonly strict?: boolean | undefined;
  readonly scaling?: ScalingMode | undefined;
  /** Verifies the tokens of callers. @default a verifier with new keys of its own */
  readonly tokens?: TokenVerifier;
  readonly signal?: AbortSignal | undefined;
}
