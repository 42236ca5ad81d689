/** Runs the operations of `manager` on the tables that it was granted. */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Problem } from '../http/problem';
import { MOST_RESPONSE_BYTES, responseBytes } from '../http/response-size';
import { check } from './check';
import { tableOperations, type TableOperationName } from './contract';
import { plain } from './plain';
import { marshallable } from './marshallable';
import { isRepeatable, sendOnce } from './retries';

const COMMANDS = {
  create: PutCommand,
  read: GetCommand,
  update: UpdateCommand,
  delete: DeleteCommand,
  list: ScanCommand,
} as const satisfies Record<TableOperationName, unknown>;

/** The part of a command that differs by operation in its types alone. */
type AnyCommand = new (input: Readonly<Record<string, unknown>>) => PutCommand;

export class Manager {
  /**
   * @param client tries a call again that failed
   * @param onceClient does not
   * @param granted the tables that the deployment lets the function use
   */
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly onceClient: DynamoDBDocumentClient,
    private readonly granted: readonly string[],
  ) {}

  /** @throws Problem */
  async run(input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const command = check(input, this.granted);
    if (command.operation === 'ping') return 'pong';
    const result =
      command.operation === 'echo'
        ? command.payload
        : await this.call(command.operation, command.tableName, command.payload);
    if (responseBytes(result) <= MOST_RESPONSE_BYTES) return result;
    throw new Problem(413, 'The result does not fit a response of 6 MB. Ask for less, with a smaller Limit.');
  }

  private async call(
    operation: TableOperationName,
    tableName: string,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const Command = COMMANDS[operation] as unknown as AnyCommand;
    try {
      const command = new Command({ ...marshallable(payload), TableName: tableName });
      const { $metadata: _, ...result } = isRepeatable(operation, payload)
        ? await this.client.send(command)
        : await sendOnce(this.onceClient, command);
      return plain(result);
    } catch (error) {
      throw refusal(error, operation) ?? error;
    }
  }
}

/** DynamoDB refused the parameters; its own words, which say more than a caller should see, stay in the log. */
function refusal(error: unknown, operation: TableOperationName): Problem | undefined {
  const { name, message } = error as Error;
  if (!['ValidationException', 'SerializationException'].includes(name) || /item size .*exceeded/i.test(message)) {
    return undefined;
  }
  const parameter = Object.keys(tableOperations[operation].parameters).find((known) => message.includes(known));
  const [path, what] =
    parameter !== undefined
      ? [`payload.${parameter}`, 'check its syntax, and that it fits the other parameters']
      : /key/i.test(message)
        ? ['payload', "the key must have the table's key attributes, none empty, each of its type, and no others"]
        : ['payload', 'check the expressions, the names and values that they refer to, and the key'];
  return new Problem(400, `DynamoDB refused the parameters of ${operation}. See errors.`, {
    errors: [{ path, message: `was refused: ${what}` }],
    cause: error,
  });
}
