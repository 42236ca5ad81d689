/** Replaces lib-dynamodb's base command: marshalling as functions, and not as middleware that is added for every call. */
import { marshallInput, unmarshallOutput } from '@aws-sdk/lib-dynamodb/dist-es/commands/utils';
import type { TranslateConfig } from './config';
import type { OperationSchema } from './schema';
import type { Output } from './send';

export interface DocumentCommand {
  readonly clientCommand: { readonly input: unknown; readonly schema: OperationSchema };
  readonly inputKeyNodes: object;
  readonly outputKeyNodes: object;
}

/** What GetCommand and the like extend; they bring the input and where within it the attributes are. */
export class DynamoDBDocumentClientCommand {}

export function marshalled({ clientCommand, inputKeyNodes }: DocumentCommand, config: TranslateConfig = {}): unknown {
  const options = (config.marshallOptions ??= {});
  options['convertTopLevelContainer'] ??= true;
  return marshallInput(clientCommand.input as object, inputKeyNodes, options);
}

export function unmarshalled(
  { outputKeyNodes }: DocumentCommand,
  output: Output,
  config: TranslateConfig = {},
): Output {
  const options = (config.unmarshallOptions ??= {});
  options['convertWithoutMapWrapper'] ??= true;
  return unmarshallOutput(output, outputKeyNodes, options) as Output;
}
