/** The client's configuration: what its maker gave, and what Lambda's environment says. */
import { StandardRetryStrategy } from '@smithy/core/retry';
import { type Endpoint, endpointOf } from './endpoint';
import { refusal } from './refusal';
import type { Credentials } from './sign';
import { type HandlerOptions, Transport } from './transport';
import { type UserAgent, userAgent } from './user-agent';

/** What of DynamoDBClientConfig is understood; the rest is refused. */
export interface Given {
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
  /** Milliseconds that the server's clock is ahead of this one, where the difference once made it refuse a signature. */
  clockOffset: number;
  /** Set by DynamoDBDocumentClient. */
  translateConfig?: TranslateConfig;
}

export interface TranslateConfig {
  marshallOptions?: Record<string, unknown>;
  unmarshallOptions?: Record<string, unknown>;
}

const UNDERSTOOD = ['region', 'endpoint', 'credentials', 'maxAttempts', 'requestHandler'];

/** The SDK's for DynamoDB: milliseconds before the second try, at most. */
const BASE_DELAY = 25;
const MOST_ATTEMPTS = 4;

/** @throws Error for what this client does not do, with the way out */
export function configOf(given: Given): Config {
  const unknown = Object.keys(given).filter((name) => !UNDERSTOOD.includes(name));
  if (unknown.length > 0) {
    throw refusal(`new DynamoDBClient understands ${UNDERSTOOD.join(', ')}, but was given ${unknown.join(', ')}.`);
  }
  const { env } = process;
  const mode = env['AWS_RETRY_MODE'];
  if (mode && mode !== 'standard') throw refusal(`AWS_RETRY_MODE is ${mode}; supported is standard.`);
  const region = given.region ?? env['AWS_REGION'];
  if (!region) throw new Error('Region is missing: Lambda sets AWS_REGION; elsewhere set it, or give `region`.');
  const attempts = given.maxAttempts ?? (Number(env['AWS_MAX_ATTEMPTS']) || MOST_ATTEMPTS);
  const { credentials = fromEnvironment } = given;
  const endpoint = endpointOf(region, env, given.endpoint);
  return {
    region: () => Promise.resolve(region),
    maxAttempts: () => Promise.resolve(attempts),
    signingRegion: region,
    endpoint,
    credentials: typeof credentials === 'function' ? credentials : () => credentials,
    attempts,
    retryStrategy: new StandardRetryStrategy({ maxAttempts: attempts, baseDelay: BASE_DELAY }),
    requestHandler: new Transport(endpoint, given.requestHandler),
    userAgent: userAgent(env, given.endpoint !== undefined),
    clockOffset: 0,
  };
}

/** Read for every call, and so never out of date. */
function fromEnvironment(): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw Object.assign(
      refusal(
        'Could not load credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and nothing else is looked at.',
      ),
      { name: 'CredentialsProviderError' },
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken: process.env['AWS_SESSION_TOKEN'] };
}
