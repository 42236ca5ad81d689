/** The SDK's user agent, built once. */
import { release } from 'node:os';
import { version } from '@aws-sdk/client-dynamodb/package.json';

/** Features by AWS's letters: standard retries, account-based endpoints, credentials of the environment. */
const FEATURES = 'E,P,g';

/** Letters for an endpoint in the client's options, and for the document client. */
const ENDPOINT = 'N';
const MAPPER = 'd';

export interface UserAgent {
  readonly plain: string;
  readonly ofDocuments: string;
}

/** The header x-amz-user-agent. */
export const amzUserAgent = `aws-sdk-js/${version}`;

/** @param hasEndpoint whether the client was given its endpoint; one of the environment does not count */
export function userAgent(environment: Readonly<Record<string, string | undefined>>, hasEndpoint: boolean): UserAgent {
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
  const first = hasEndpoint ? `${ENDPOINT},` : '';
  return { plain: with_(`${first}${FEATURES}`), ofDocuments: with_(`${first}${MAPPER},${FEATURES}`) };
}

function escaped(value: string): string {
  return value.replace(/[^!$%&'*+\-.^_`|~\w#]/g, '-');
}
