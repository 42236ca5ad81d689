/** Options of a pool and the result of an invocation. */
import type { DynamodbCall } from '../../model/dynamodb-call';
import type { DynamodbAccess } from './access';
import type { PlatformLogOptions } from './platform-log';
import type { ScalingMode } from './scaling';

export interface InvocationResult {
  /** The handler's result as JSON text. */
  readonly json: string;
  /** Whether the invocation waited for its instance to start (a cold start). */
  readonly cold: boolean;
  /** Lambda's request id. */
  readonly requestId: string;
  /** The calls to DynamoDB that the invocation made. */
  readonly calls: readonly DynamodbCall[];
}

/** `onLog` is called with the function's lines and with the lines of Lambda itself. */
export interface PoolOptions extends PlatformLogOptions {
  /** Folder with the unpacked archive. */
  readonly taskRoot: string;
  readonly dynamodbEndpoint: string;
  /** The endpoint of all other AWS services. @default the endpoints of AWS */
  readonly awsEndpoint?: string | undefined;
  /** Issues credentials for instances and records the instances' calls. @default UNGUARDED */
  readonly access?: DynamodbAccess;
  /** When the function gets another instance. @default cores */
  readonly scaling?: ScalingMode | undefined;
  /** How long the module may take to load at the first attempt. @default 10,000, as on Lambda */
  readonly initTimeoutMs?: number;
}
