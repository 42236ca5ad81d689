/** Finds DynamoDB's endpoint: the configured one, or the one of the region. */
import { isIP } from 'node:net';
import { unsupported } from './unsupported';

export interface Endpoint {
  readonly protocol: string;
  /** Without brackets around an IPv6 address. */
  readonly hostname: string;
  /** Empty: the protocol's own. */
  readonly port: string;
  /** `/`, or that of the configured endpoint with a slash at its end. */
  readonly path: string;
  /** The host header. It has the port unless it is the protocol's default. */
  readonly host: string;
  /** Name that the server's certificate must have; empty for an IP address. */
  readonly servername: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Regions outside the partition `aws`, by the start of their names (the SDK's partitions.js, compared by a test). */
const SUFFIXES: readonly (readonly [start: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['us-iso-', 'c2s.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['eusc-', 'amazonaws.eu'],
];

/**
 * @param region for example eu-west-1
 * @param configured the client's own `endpoint`, which wins over AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL
 * @throws Error for FIPS and dual-stack endpoints, and for an endpoint that is not a URL
 */
export function endpointOf(region: string, environment: Environment, configured?: string): Endpoint {
  for (const variable of ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT']) {
    if (environment[variable] === 'true')
      throw unsupported(`${variable} is true, and such endpoints are not supported.`);
  }
  return parsed(configured ?? fromEnvironment(environment) ?? regional(region));
}

function fromEnvironment(environment: Environment): string | undefined {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  const { AWS_ENDPOINT_URL_DYNAMODB: ofDynamodb, AWS_ENDPOINT_URL: ofAll } = environment;
  // An empty variable counts as not set.
  return [ofDynamodb, ofAll].find(Boolean);
}

function regional(region: string): string {
  const suffix = SUFFIXES.find(([start]) => region.startsWith(start))?.[1] ?? 'amazonaws.com';
  return `https://dynamodb.${region}.${suffix}`;
}

function parsed(url: string): Endpoint {
  if (!URL.canParse(url)) throw new Error(`The endpoint of DynamoDB must be a URL, but was ${url}`);
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
