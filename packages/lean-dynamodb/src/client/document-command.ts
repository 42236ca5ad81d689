/** Replaces lib-dynamodb's DynamoDBDocumentClientCommand.js. Marshals with functions instead of middleware. */
import { marshallInput, unmarshallOutput } from '@aws-sdk/lib-dynamodb/dist-es/commands/utils';
import type { TranslateConfig } from './config';
import type { OperationSchema } from './schema';
import type { Output } from './send';

export interface DocumentCommand {
  readonly clientCommand: { readonly input: unknown; readonly schema: OperationSchema };
  /** The places of attribute values in the input. */
  readonly inputKeyNodes: object;
  /** The places of attribute values in the output. */
  readonly outputKeyNodes: object;
}

/** The base class of GetCommand and the other document commands, which define the properties of DocumentCommand. */
export class DynamoDBDocumentClientCommand {}

export function marshallCommand(
  { clientCommand, inputKeyNodes }: DocumentCommand,
  config: TranslateConfig = {},
): unknown {
  const options = (config.marshallOptions ??= {});
  options['convertTopLevelContainer'] ??= true;
  return marshallInput(clientCommand.input as object, inputKeyNodes, options);
}

export function unmarshallResult(
  { outputKeyNodes }: DocumentCommand,
  output: Output,
  config: TranslateConfig = {},
): Output {
  const options = (config.unmarshallOptions ??= {});
  options['convertWithoutMapWrapper'] ??= true;
  return unmarshallOutput(output, outputKeyNodes, options) as Output;
}
