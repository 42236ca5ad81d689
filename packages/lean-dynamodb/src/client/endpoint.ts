/** Finds DynamoDB's endpoint: the configured endpoint, or the endpoint of the region. */
import { isIP } from 'node:net';
import { unsupported } from './unsupported';

export interface Endpoint {
  readonly protocol: string;
  /** Without brackets around an IPv6 address. */
  readonly hostname: string;
  /** Empty for the default port of the protocol. */
  readonly port: string;
  /** Ends with a slash: `/`, or the path of the configured endpoint. */
  readonly path: string;
  /** The `host` header: the host name, and the port if it is not the default port. */
  readonly host: string;
  /** The name that the server's certificate must contain; empty for an IP address. */
  readonly servername: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Domains of the regions outside the partition `aws`, by the prefix of the region's name. A test compares them with the
 * SDK's partitions.js.
 */
const DOMAINS: readonly (readonly [regionPrefix: string, domain: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['us-iso-', 'c2s.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['eusc-', 'amazonaws.eu'],
];

/**
 * Finds the endpoint for a region.
 * @param region for example `eu-west-1`
 * @param configured the option `endpoint` of the client. It takes precedence over the environment variables
 *   AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL, in this order.
 * @throws Error for FIPS and dual-stack endpoints, and for an endpoint that is not a URL
 */
export function resolveEndpoint(region: string, environment: Environment, configured?: string): Endpoint {
  for (const variable of ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT']) {
    if (environment[variable] === 'true')
      throw unsupported(`${variable} is true, but these endpoints are not supported.`);
  }
  return parseEndpoint(configured ?? environmentUrl(environment) ?? regionUrl(region));
}

function environmentUrl(environment: Environment): string | undefined {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  const { AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl, AWS_ENDPOINT_URL: commonUrl } = environment;
  // An empty variable counts as not set.
  return [dynamodbUrl, commonUrl].find(Boolean);
}

function regionUrl(region: string): string {
  const domain = DOMAINS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
  return `https://dynamodb.${region}.${domain}`;
}

function parseEndpoint(url: string): Endpoint {
  if (!URL.canParse(url))
    throw new Error(`The endpoint of DynamoDB is not a URL: ${url}. Set a URL such as http://localhost:8000.`);
  const { protocol, hostname, port, pathname, host } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  return {
    protocol,
    hostname: name,
    servername: isIP(name) === 0 ? name : '',
    port,
    path: pathname.endsWith('/') ? pathname : `${pathname}/`,
    host,
  };
}
