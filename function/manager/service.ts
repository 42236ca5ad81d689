/** Executes the operations of `manager`. */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { isItemTooLarge } from '../dynamodb/errors';
import { sendOnce } from '../dynamodb/send-once';
import { Problem } from '../http/problem';
import { MAX_RESPONSE_BYTES, responseBytes } from '../http/response-size';
import { check } from './check';
import { tableOperations, type TableOperationName } from './contract';
import { toSdkParameters } from './parameters';
import { toJsonValue } from './result';
import { isIdempotent } from './retries';

const COMMANDS = {
  create: PutCommand,
  read: GetCommand,
  update: UpdateCommand,
  delete: DeleteCommand,
  list: ScanCommand,
} as const satisfies Record<TableOperationName, unknown>;

/** One type for all commands: they differ only in the types of their inputs and outputs. */
type AnyCommand = new (input: Readonly<Record<string, unknown>>) => PutCommand;

interface ManagerProps {
  readonly client: DynamoDBDocumentClient;
  /** Client for calls that DynamoDB must not execute twice. */
  readonly clientWithoutRetries: DynamoDBDocumentClient;
  /** Names of the tables that the function may use. */
  readonly tables: readonly string[];
}

export class Manager {
  constructor(private readonly props: ManagerProps) {}

  /** Checks the input and executes its operation. @throws Problem */
  async run(input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const command = check(input, this.props.tables);
    if (command.operation === 'ping') return 'pong';
    const result =
      command.operation === 'echo'
        ? command.payload
        : await this.call(command.operation, command.tableName, command.payload);
    if (responseBytes(result) <= MAX_RESPONSE_BYTES) return result;
    throw new Problem(413, 'The result does not fit a response of 6 MB. Ask for less, with a smaller Limit.');
  }

  private async call(
    operation: TableOperationName,
    tableName: string,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const Command = COMMANDS[operation] as unknown as AnyCommand;
    const { client, clientWithoutRetries } = this.props;
    try {
      const command = new Command({ ...toSdkParameters(payload), TableName: tableName });
      const { $metadata: _, ...result } = isIdempotent(operation, payload)
        ? await client.send(command)
        : await sendOnce(clientWithoutRetries, (once) => once.send(command));
      return toJsonValue(result);
    } catch (error) {
      throw refusal(error, operation) ?? error;
    }
  }
}

/** Returns the problem for parameters that DynamoDB refused. DynamoDB's message may reveal too much: it is only logged. */
function refusal(error: unknown, operation: TableOperationName): Problem | undefined {
  const { name, message } = error as Error;
  const isRefusal = name === 'ValidationException' || name === 'SerializationException';
  if (!isRefusal || isItemTooLarge(error as Error)) return undefined;
  const parameter = Object.keys(tableOperations[operation].parameters).find((known) => message.includes(known));
  const [path, advice] =
    parameter !== undefined
      ? [`payload.${parameter}`, 'check its syntax, and that it fits the other parameters']
      : /key/i.test(message)
        ? ['payload', "the key must have the table's key attributes, none empty, each of its type, and no others"]
        : ['payload', 'check the expressions, the names and values that they refer to, and the key'];
  return new Problem(400, `DynamoDB refused the parameters of ${operation}. See errors.`, {
    errors: [{ path, message: `was refused: ${advice}` }],
    cause: error,
  });
}
