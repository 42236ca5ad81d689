/** Creates the client's configuration from the constructor's options and Lambda's environment variables. */
import { StandardRetryStrategy } from '@smithy/core/retry';
import { type Endpoint, resolveEndpoint } from './endpoint';
import { unsupported } from './unsupported';
import type { Credentials } from './sign';
import { type HandlerOptions, Transport } from './transport';
import { type UserAgent, userAgent } from './user-agent';

/** The supported options of DynamoDBClientConfig. The constructor refuses other options. */
export interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  readonly maxAttempts?: number;
  readonly requestHandler?: HandlerOptions;
}

export interface Config {
  /** `region` and `maxAttempts` are functions, as in the SDK's configuration. */
  readonly region: () => Promise<string>;
  readonly maxAttempts: () => Promise<number>;
  readonly signingRegion: string;
  readonly endpoint: Endpoint;
  readonly credentials: () => Credentials | Promise<Credentials>;
  /** The maximum number of attempts of a call. */
  readonly attemptLimit: number;
  readonly retryStrategy: StandardRetryStrategy;
  readonly requestHandler: Transport;
  readonly userAgent: UserAgent;
  /** How far the server's clock is ahead, in ms. Updated after an error response. */
  clockOffsetMs: number;
  /** Set by DynamoDBDocumentClient. */
  translateConfig?: TranslateConfig;
}

export interface TranslateConfig {
  marshallOptions?: Record<string, unknown>;
  unmarshallOptions?: Record<string, unknown>;
}

const SUPPORTED_OPTIONS = ['region', 'endpoint', 'credentials', 'maxAttempts', 'requestHandler'];

/** The SDK's maximum delay before the first retry of a DynamoDB call. */
const BASE_DELAY_MS = 25;
/** The SDK's default for DynamoDB. */
const DEFAULT_MAX_ATTEMPTS = 4;

/** @throws Error when an option or environment variable has an unsupported value, or the region is missing */
export function createConfig(options: ClientOptions): Config {
  const unknown = Object.keys(options).filter((name) => !SUPPORTED_OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw unsupported(
      `DynamoDBClient does not support the options ${unknown.join(', ')}; it supports ${SUPPORTED_OPTIONS.join(', ')}.`,
    );
  }
  const { env } = process;
  const mode = env['AWS_RETRY_MODE'];
  if (mode && mode !== 'standard') throw unsupported(`AWS_RETRY_MODE is ${mode}, but only standard is supported.`);
  const region = options.region ?? env['AWS_REGION'];
  if (!region)
    throw new Error('The region is missing. Pass `region`, or set AWS_REGION. Lambda sets AWS_REGION itself.');
  const attemptLimit = options.maxAttempts ?? (Number(env['AWS_MAX_ATTEMPTS']) || DEFAULT_MAX_ATTEMPTS);
  const { credentials = environmentCredentials } = options;
  const endpoint = resolveEndpoint(region, env, options.endpoint);
  return {
    region: () => Promise.resolve(region),
    maxAttempts: () => Promise.resolve(attemptLimit),
    signingRegion: region,
    endpoint,
    credentials: typeof credentials === 'function' ? credentials : () => credentials,
    attemptLimit,
    retryStrategy: new StandardRetryStrategy({ maxAttempts: attemptLimit, baseDelay: BASE_DELAY_MS }),
    requestHandler: new Transport(endpoint, options.requestHandler),
    userAgent: userAgent(env, options.endpoint !== undefined),
    clockOffsetMs: 0,
  };
}

/** Reads the credentials for every attempt, because Lambda may replace them. */
function environmentCredentials(): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw Object.assign(
      unsupported(
        'Could not load credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set. Other sources are not supported.',
      ),
      { name: 'CredentialsProviderError' },
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken: process.env['AWS_SESSION_TOKEN'] };
}
