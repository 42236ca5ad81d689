/** Types for two internal files of the SDK, which declares no types at these paths. */
declare module '@aws-sdk/lib-dynamodb/dist-es/commands/utils' {
  /** Marshalls the parts of an input that contain attribute values. */
  export function marshallInput(input: object, keyNodes: object, options: object): object;
  /** Unmarshalls the parts of an output that contain attribute values. */
  export function unmarshallOutput(output: object, keyNodes: object, options: object): object;
}

declare module '@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0' {
  export { errorTypeRegistries } from '@aws-sdk/client-dynamodb';
}
