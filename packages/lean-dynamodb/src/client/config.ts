/** The client's configuration, from the options of its constructor and from Lambda's environment. */
import { StandardRetryStrategy } from '@smithy/core/retry';
import { type Endpoint, endpointOf } from './endpoint';
import { unsupported } from './unsupported';
import type { Credentials } from './sign';
import { type HandlerOptions, Transport } from './transport';
import { type UserAgent, userAgent } from './user-agent';

/** The supported part of DynamoDBClientConfig. Other options are refused. */
export interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  readonly maxAttempts?: number;
  readonly requestHandler?: HandlerOptions;
}

export interface Config {
  /** As the SDK has it: functions. */
  readonly region: () => Promise<string>;
  readonly maxAttempts: () => Promise<number>;
  readonly signingRegion: string;
  readonly endpoint: Endpoint;
  readonly credentials: () => Credentials | Promise<Credentials>;
  readonly attempts: number;
  readonly retryStrategy: StandardRetryStrategy;
  readonly requestHandler: Transport;
  readonly userAgent: UserAgent;
  /** Milliseconds that the server's clock is ahead. Set after the server refused a signature because of its time. */
  clockOffset: number;
  /** Set by DynamoDBDocumentClient. */
  translateConfig?: TranslateConfig;
}

export interface TranslateConfig {
  marshallOptions?: Record<string, unknown>;
  unmarshallOptions?: Record<string, unknown>;
}

const SUPPORTED = ['region', 'endpoint', 'credentials', 'maxAttempts', 'requestHandler'];

/** The SDK's values for DynamoDB: maximum delay before the first retry in ms, and number of attempts. */
const BASE_DELAY = 25;
const MAX_ATTEMPTS = 4;

/** @throws Error for an unsupported option or variable */
export function configOf(options: ClientOptions): Config {
  const unknown = Object.keys(options).filter((name) => !SUPPORTED.includes(name));
  if (unknown.length > 0) {
    throw unsupported(`new DynamoDBClient supports ${SUPPORTED.join(', ')}, but was given ${unknown.join(', ')}.`);
  }
  const { env } = process;
  const mode = env['AWS_RETRY_MODE'];
  if (mode && mode !== 'standard') throw unsupported(`AWS_RETRY_MODE is ${mode}; supported is standard.`);
  const region = options.region ?? env['AWS_REGION'];
  if (!region) throw new Error('Region is missing: Lambda sets AWS_REGION; elsewhere set it, or pass `region`.');
  const attempts = options.maxAttempts ?? (Number(env['AWS_MAX_ATTEMPTS']) || MAX_ATTEMPTS);
  const { credentials = fromEnvironment } = options;
  const endpoint = endpointOf(region, env, options.endpoint);
  return {
    region: () => Promise.resolve(region),
    maxAttempts: () => Promise.resolve(attempts),
    signingRegion: region,
    endpoint,
    credentials: typeof credentials === 'function' ? credentials : () => credentials,
    attempts,
    retryStrategy: new StandardRetryStrategy({ maxAttempts: attempts, baseDelay: BASE_DELAY }),
    requestHandler: new Transport(endpoint, options.requestHandler),
    userAgent: userAgent(env, options.endpoint !== undefined),
    clockOffset: 0,
  };
}

/** Read for every call: Lambda may replace the credentials. */
function fromEnvironment(): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw Object.assign(
      unsupported(
        'Could not load credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set. The lean client reads no other source.',
      ),
      { name: 'CredentialsProviderError' },
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken: process.env['AWS_SESSION_TOKEN'] };
}
