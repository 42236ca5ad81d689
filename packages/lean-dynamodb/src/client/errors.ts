/** Creates an error from an error response, as an instance of the SDK's error class. */
import { errorTypeRegistries } from '@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0';
import { decorateServiceException } from '@smithy/core/client';
import { TypeRegistry } from '@smithy/core/schema';
import { decode } from './decode';
import type { StructSchema } from './schema';
import type { HttpResponse } from './transport';

const NAMESPACE = 'com.amazonaws.dynamodb';

type Fields = Record<string, unknown>;
type ServiceErrorConstructor = new (options: Fields) => Error;

export interface Metadata {
  readonly httpStatusCode: number;
  readonly requestId: string | undefined;
  readonly extendedRequestId: string | undefined;
  readonly cfId: string | undefined;
  attempts?: number;
  totalRetryDelay?: number;
  clockSkewCorrected?: boolean;
}

export function metadataOf({ statusCode, rawHeaders }: HttpResponse): Metadata {
  const amzHeaders: Record<string, string | undefined> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (name.startsWith('x-amz')) amzHeaders[name] = rawHeaders[i + 1];
  }
  return {
    httpStatusCode: statusCode,
    requestId: amzHeaders['x-amzn-requestid'] ?? amzHeaders['x-amzn-request-id'] ?? amzHeaders['x-amz-request-id'],
    extendedRequestId: amzHeaders['x-amz-id-2'],
    cfId: amzHeaders['x-amz-cf-id'],
  };
}

let registry: TypeRegistry | undefined;

/** The SDK's error classes by name. Created at the first error. */
function errorRegistry(): TypeRegistry {
  if (!registry) {
    registry = new TypeRegistry(NAMESPACE);
    for (const sdkRegistry of errorTypeRegistries) registry.copyFrom(sdkRegistry);
  }
  return registry;
}

/** Creates the error for a response with a status of 300 or more. */
export function serviceError(response: HttpResponse): Error {
  const data: Fields = response.body.length > 0 ? (JSON.parse(response.body.toString()) as Fields) : {};
  const name = errorName(response, data) ?? 'Unknown';
  const $metadata = metadataOf(response);
  const schema = schemaOf(name);
  if (!schema) {
    data['message'] ??= data['Message'] ?? 'UnknownError';
    const BaseException = errorRegistry().getErrorCtor(
      errorRegistry().getBaseException() as never,
    ) as ServiceErrorConstructor;
    const $fault = response.statusCode < 500 ? 'client' : 'server';
    return decorateServiceException(Object.assign(new BaseException({ name }), { $metadata, $fault }) as never, data);
  }
  const ErrorClass = errorRegistry().getErrorCtor(schema as never) as ServiceErrorConstructor;
  const error = Object.assign(
    new ErrorClass({}),
    { $metadata, $fault: (schema[3] as { readonly error: string }).error },
    { message: data['message'] ?? data['Message'] ?? 'UnknownError' },
    decodeMembers(schema, data),
  );
  return decorateServiceException(error as never, data);
}

/**
 * Finds the error's name in the body or a header. The body can contain the name with its namespace:
 * `com.amazonaws.dynamodb.v20120810#ThrottlingException`.
 */
function errorName({ headers }: HttpResponse, data: Fields): string | undefined {
  const code = Object.keys(data).find((key) => key.toLowerCase() === 'code');
  const type = data['__type'] ?? (code !== undefined ? data[code] : undefined) ?? headers['x-amzn-errortype'];
  if (typeof type !== 'string' && typeof type !== 'number') return undefined;
  const text = String(type).split(',')[0]?.split(':')[0] ?? '';
  return text.includes('#') ? text.split('#')[1] : text;
}

function schemaOf(name: string): StructSchema | undefined {
  try {
    return errorRegistry().getSchema(name) as unknown as StructSchema;
  } catch {
    return undefined;
  }
}

function decodeMembers([, , , , names, schemas]: StructSchema, data: Fields): Fields {
  const output: Fields = {};
  schemas.forEach((ref, index) => {
    const name = names[index] ?? '';
    const value = data[name];
    if (value !== undefined && value !== null) output[name] = decode(ref, value);
  });
  return output;
}
