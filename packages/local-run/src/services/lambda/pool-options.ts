/** What a pool is given, and gives. */
import type { DynamodbCall } from '../../model/dynamodb-call';
import type { DynamodbAccess } from './access';
import type { Attention } from './attention';
import type { Growth } from './growth';
import type { PlatformLogOptions } from './platform-log';
import type { Threads } from './threads';

export interface InvocationResult {
  /** The handler's result as JSON text. */
  readonly json: string;
  /** Whether an instance was started for this invocation. */
  readonly cold: boolean;
  /** Lambda's request id. */
  readonly requestId: string;
  /** The calls to DynamoDB that it made. */
  readonly calls: readonly DynamodbCall[];
}

/** Its lines are those of the function, too. */
export interface PoolOptions extends PlatformLogOptions {
  /** Where the archive was unpacked. */
  readonly taskRoot: string;
  readonly dynamodbEndpoint: string;
  /** Gives instances their credentials, and knows the calls made by them. @default for a DynamoDB without a guard */
  readonly access?: DynamodbAccess;
  /** What all functions of a run share. @default one of its own */
  readonly attention?: Attention;
  /** Where instances have their threads from. @default ones that begin when they are needed */
  readonly threads?: Pick<Threads, 'take'>;
  /** When there is another instance. @default cores */
  readonly growth?: Growth | undefined;
  /** How long loading the code may take at first. @default 10 seconds, as Lambda has it */
  readonly initTimeoutMs?: number;
}
