/** Everything that can be set about a deployment: cdktf.json context and environment variables, checked, as one object. */
import { boolean, choice, flag, number, type Reader, record, text } from './setting-types';

export interface Settings {
  readonly environment: string;
  readonly region: string;
  readonly namePrefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logLevel: string;
  readonly throttleRate: number;
  readonly throttleBurst: number;
  readonly functionPerRoute: boolean;
  readonly requestValidation: boolean;
  readonly xrayTracing: boolean;
  readonly deletionProtection: boolean;
  readonly stateBucket: string;
  readonly remoteStateRequired: boolean;
  readonly githubRepository: string;
  readonly githubEnvironment: string;
  readonly githubOidcProvider: string;
  readonly sdk: 'fast' | 'stock';
}

interface Definition<T> {
  /** The environment variable; it wins over the context of cdktf.json. */
  readonly variable: string;
  readonly default: T;
  readonly read: Reader<T>;
}

/** CloudWatch Logs allows these and no others (PutRetentionPolicy), 0 (never) left out: logs are to end. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Tags that the stacks set themselves. */
const OWN_TAGS = ['project', 'environment', 'stack'];

/** Name, environment variable, default and rule of every setting. docs/settings.md has the same table; a test compares them. */
export const definitions: { readonly [K in keyof Settings]: Definition<Settings[K]> } = {
  environment: {
    variable: 'ENVIRONMENT',
    default: 'default',
    // With prefix and environment at their longest, names still have the 64 characters that IAM and Lambda allow.
    read: text(/^[a-z](-?[a-z0-9])*$/, 12, 'lower-case letters, digits and single hyphens, a letter first'),
  },
  region: {
    variable: 'AWS_REGION',
    default: 'us-east-1',
    read: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 25, 'an AWS region such as eu-west-1'),
  },
  namePrefix: {
    variable: 'NAME_PREFIX',
    default: '',
    read: text(
      /^([a-z](-?[a-z0-9])*)?$/,
      11,
      'nothing, or lower-case letters, digits and single hyphens, a letter first',
    ),
  },
  tags: { variable: 'TAGS', default: {}, read: record(OWN_TAGS) },
  logRetentionDays: { variable: 'LOG_RETENTION_DAYS', default: 14, read: choice(RETENTION_DAYS) },
  memoryMb: { variable: 'MEMORY_MB', default: 256, read: number({ from: 128, to: 10240, unit: 'MB' }) },
  // The least leaves time for the retries of a DynamoDB call, the most is what an HTTP API waits, less a second.
  timeoutSeconds: { variable: 'TIMEOUT_SECONDS', default: 10, read: number({ from: 6, to: 29, unit: 'seconds' }) },
  logLevel: { variable: 'LOG_LEVEL', default: 'INFO', read: choice(LOG_LEVELS) },
  throttleRate: {
    variable: 'THROTTLE_RATE',
    default: 1000,
    read: number({ from: 1, to: 10000, unit: 'requests a second' }),
  },
  throttleBurst: { variable: 'THROTTLE_BURST', default: 500, read: number({ from: 1, to: 5000, unit: 'requests' }) },
  functionPerRoute: { variable: 'FUNCTION_PER_ROUTE', default: false, read: boolean },
  requestValidation: { variable: 'REQUEST_VALIDATION', default: false, read: boolean },
  xrayTracing: { variable: 'XRAY_TRACING', default: false, read: boolean },
  deletionProtection: { variable: 'DELETION_PROTECTION', default: false, read: boolean },
  stateBucket: {
    variable: 'STATE_BUCKET',
    default: '',
    read: text(
      // S3's rules for names (Amazon S3 user guide, "General purpose bucket naming rules"), without dots: they break TLS.
      /^(|(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3))$/,
      63,
      'nothing, or the name of an S3 bucket: 3 or more lower-case letters, digits and hyphens',
    ),
  },
  // CI services set the variable, each to a value of its own.
  remoteStateRequired: { variable: 'CI', default: false, read: flag },
  githubRepository: {
    variable: 'GITHUB_OIDC_REPOSITORY',
    default: '',
    read: text(/^(|[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})$/, 140, 'nothing, or owner/name of a GitHub repository'),
  },
  githubEnvironment: {
    variable: 'GITHUB_OIDC_ENVIRONMENT',
    default: 'production',
    // What may stand in a token's subject without being encoded, or read as a wildcard.
    read: text(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 100, "a GitHub environment's name of letters, digits, dots, _ and -"),
  },
  githubOidcProvider: {
    variable: 'GITHUB_OIDC_PROVIDER',
    default: 'CREATE',
    read: choice(['CREATE', 'EXISTING']),
  },
  sdk: { variable: 'SDK', default: 'fast', read: choice(['fast', 'stock']) },
};

/** Context that CDKTF and its command line put beside ours. */
const CDKTF_CONTEXT = /^(cdktf|excludeStackIdFromLogicalIds$|allowSepCharsInLogicalIds$)/;

/** Thrown for settings at fault; its message has a line for each fault. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? 'A setting is wrong' : `${problems.length} settings are wrong`;
    super([`${count}; nothing was synthesized.`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/**
 * Reads the settings.
 * @param context the context of cdktf.json
 * @param environment environment variables; one that is set, and not empty, wins over the context
 * @throws SettingsError with all faults at once
 */
export function readSettings(
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const variable = environment[definition.variable];
    const [source, seen] = variable
      ? [`${name} (environment variable ${definition.variable})`, variable]
      : [`${name} (context of cdktf.json)`, context[name]];
    const result = seen === undefined ? { value: definition.default } : definition.read(seen);
    if ('value' in result) settings[name] = result.value;
    else problems.push(`${source}: saw ${JSON.stringify(seen)}, allowed is ${result.allowed}`);
  }
  for (const name of Object.keys(context)) {
    if (Object.hasOwn(definitions, name) || CDKTF_CONTEXT.test(name)) continue;
    const known = Object.keys(definitions).join(', ');
    problems.push(`${name} (context of cdktf.json): is not a setting; allowed are ${known}`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return settings as unknown as Settings;
}
