/** The SDK's own user agent, put together once: AWS counts by it who uses what. */
import { release } from 'node:os';
import { version } from '@aws-sdk/client-dynamodb/package.json';

/** Features by AWS's letters: standard retries, account-based endpoints, credentials of the environment. */
const FEATURES = 'E,P,g';

/** The document client's. */
const MAPPER = 'd';

export interface UserAgent {
  readonly plain: string;
  readonly ofDocuments: string;
}

/** The header x-amz-user-agent. */
export const amzUserAgent = `aws-sdk-js/${version}`;

export function userAgent(environment: Readonly<Record<string, string | undefined>>): UserAgent {
  const { AWS_EXECUTION_ENV: runtime, AWS_SDK_UA_APP_ID: app } = environment;
  const with_ = (features: string) =>
    [
      amzUserAgent,
      'ua/2.1',
      `os/${process.platform}#${escaped(release())}`,
      'lang/js',
      `md/nodejs#${process.versions.node}`,
      `api/dynamodb#${version}`,
      ...(runtime ? [`exec-env/${escaped(runtime)}`] : []),
      `m/${features}`,
      ...(app ? [`app/${escaped(app)}`] : []),
    ].join(' ');
  return { plain: with_(FEATURES), ofDocuments: with_(`${MAPPER},${FEATURES}`) };
}

function escaped(value: string): string {
  return value.replace(/[^!$%&'*+\-.^_`|~\w#]/g, '-');
}
