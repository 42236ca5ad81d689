/** Replaces client-dynamodb's DynamoDBClient.js. Lambda's environment variables configure the client. */
import { Client, type Sender } from './client';
import { type Config, createConfig, type ClientOptions } from './config';
import { type DocumentCommand, marshallCommand, unmarshallResult } from './document-command';
import type { OperationSchema } from './schema';
import { send } from './send';
import type { CallOptions } from './transport';

export { Client as __Client };

interface PlainCommand {
  readonly input: unknown;
  readonly schema: OperationSchema;
}

export class DynamoDBClient extends Client<Config & Sender> {
  constructor(configuration: ClientOptions = {}) {
    super({ ...createConfig(configuration), run });
  }
}

/** A method of the configuration, because the document client has only the configuration. */
async function run(this: Config, command: PlainCommand | DocumentCommand, options: CallOptions): Promise<unknown> {
  const { userAgent, translateConfig } = this;
  if (!('clientCommand' in command)) return send(this, command.schema, command.input, userAgent.plain, options);
  const input = marshallCommand(command, translateConfig);
  return send(this, command.clientCommand.schema, input, userAgent.document, options, (output) =>
    unmarshallResult(command, output, translateConfig),
  );
}
