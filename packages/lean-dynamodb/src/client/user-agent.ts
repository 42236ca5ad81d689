/** Builds the SDK's user agent. */
import { release } from 'node:os';
import { version } from '@aws-sdk/client-dynamodb/package.json';

/** AWS's codes for standard retries (E), account-based endpoints (P) and credentials from the environment (g). */
const FEATURES = 'E,P,g';

/** AWS's code for an endpoint in the client's options. */
const ENDPOINT_FEATURE = 'N';
/** AWS's code for the document client. */
const DOCUMENT_FEATURE = 'd';

export interface UserAgent {
  readonly plain: string;
  /** For the document client. */
  readonly document: string;
}

/** The value of the header `x-amz-user-agent`. */
export const amzUserAgent = `aws-sdk-js/${version}`;

/** @param hasEndpoint whether the client's options contain an endpoint; an endpoint in the environment does not count */
export function userAgent(environment: Readonly<Record<string, string | undefined>>, hasEndpoint: boolean): UserAgent {
  const { AWS_EXECUTION_ENV: runtime, AWS_SDK_UA_APP_ID: app } = environment;
  const withFeatures = (features: string) =>
    [
      amzUserAgent,
      'ua/2.1',
      `os/${process.platform}#${escapeToken(release())}`,
      'lang/js',
      `md/nodejs#${process.versions.node}`,
      `api/dynamodb#${version}`,
      ...(runtime ? [`exec-env/${escapeToken(runtime)}`] : []),
      `m/${features}`,
      ...(app ? [`app/${escapeToken(app)}`] : []),
    ].join(' ');
  const endpoint = hasEndpoint ? `${ENDPOINT_FEATURE},` : '';
  return {
    plain: withFeatures(`${endpoint}${FEATURES}`),
    document: withFeatures(`${endpoint}${DOCUMENT_FEATURE},${FEATURES}`),
  };
}

function escapeToken(value: string): string {
  return value.replace(/[^!$%&'*+\-.^_`|~\w#]/g, '-');
}
