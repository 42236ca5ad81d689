/** Replaces client-dynamodb's DynamoDBClient.js: a client for Lambda, configured by Lambda's environment. */
import { Client, type Sender } from './client';
import { type Config, configOf, type ClientOptions } from './config';
import { type DocumentCommand, marshalled, unmarshalled } from './document-command';
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
    super({ ...configOf(configuration), run: run });
  }
}

/** Called as a method of the configuration, because the document client has only the configuration. */
async function run(this: Config, command: PlainCommand | DocumentCommand, options: CallOptions): Promise<unknown> {
  const { userAgent, translateConfig } = this;
  if (!('clientCommand' in command)) return send(this, command.schema, command.input, userAgent.plain, options);
  const input = marshalled(command, translateConfig);
  return send(this, command.clientCommand.schema, input, userAgent.ofDocuments, options, (output) =>
    unmarshalled(command, output, translateConfig),
  );
}
