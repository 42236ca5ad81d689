/** The error in a response, as an instance of the SDK's class for it. */
import { errorTypeRegistries } from '@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0';
import { decorateServiceException } from '@smithy/core/client';
import { TypeRegistry } from '@smithy/core/schema';
import { decode } from './decode';
import type { StructSchema } from './schema';
import type { Response } from './transport';

const NAMESPACE = 'com.amazonaws.dynamodb';

type Fields = Record<string, unknown>;
type ErrorClass = new (options: Fields) => Error;

export interface Metadata {
  readonly httpStatusCode: number;
  readonly requestId: string | undefined;
  readonly extendedRequestId: string | undefined;
  readonly cfId: string | undefined;
  attempts?: number;
  totalRetryDelay?: number;
  clockSkewCorrected?: boolean;
}

export function metadataOf({ statusCode, rawHeaders }: Response): Metadata {
  const found: Record<string, string | undefined> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (name.startsWith('x-amz')) found[name] = rawHeaders[i + 1];
  }
  return {
    httpStatusCode: statusCode,
    requestId: found['x-amzn-requestid'] ?? found['x-amzn-request-id'] ?? found['x-amz-request-id'],
    extendedRequestId: found['x-amz-id-2'],
    cfId: found['x-amz-cf-id'],
  };
}

let registry: TypeRegistry | undefined;

function errors(): TypeRegistry {
  if (!registry) {
    registry = new TypeRegistry(NAMESPACE);
    for (const known of errorTypeRegistries) registry.copyFrom(known);
  }
  return registry;
}

/** The error of a response with a status from 300 on. */
export function serviceError(response: Response): Error {
  const data: Fields = response.body.length > 0 ? (JSON.parse(response.body.toString()) as Fields) : {};
  const name = errorName(response, data) ?? 'Unknown';
  const $metadata = metadataOf(response);
  const schema = schemaOf(name);
  if (!schema) {
    data['message'] ??= data['Message'] ?? 'UnknownError';
    const Base = errors().getErrorCtor(errors().getBaseException() as never) as ErrorClass;
    const $fault = response.statusCode < 500 ? 'client' : 'server';
    return decorateServiceException(Object.assign(new Base({ name }), { $metadata, $fault }) as never, data);
  }
  const Class = errors().getErrorCtor(schema as never) as ErrorClass;
  const error = Object.assign(
    new Class({}),
    { $metadata, $fault: (schema[3] as { readonly error: string }).error },
    { message: data['message'] ?? data['Message'] ?? 'UnknownError' },
    members(schema, data),
  );
  return decorateServiceException(error as never, data);
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException` in the body, or the name alone, there or in a header. */
function errorName({ headers }: Response, data: Fields): string | undefined {
  const code = Object.keys(data).find((key) => key.toLowerCase() === 'code');
  const found = data['__type'] ?? (code !== undefined ? data[code] : undefined) ?? headers['x-amzn-errortype'];
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  const text = String(found).split(',')[0]?.split(':')[0] ?? '';
  return text.includes('#') ? text.split('#')[1] : text;
}

function schemaOf(name: string): StructSchema | undefined {
  try {
    return errors().getSchema(name) as unknown as StructSchema;
  } catch {
    return undefined;
  }
}

function members([, , , , names, schemas]: StructSchema, data: Fields): Fields {
  const output: Fields = {};
  schemas.forEach((ref, index) => {
    const name = names[index] ?? '';
    const value = data[name];
    if (value !== undefined && value !== null) output[name] = decode(ref, value);
  });
  return output;
}
