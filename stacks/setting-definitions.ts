/** Defines the settings of a deployment: variable, defaults and allowed values of each. */
import { ALARM_KINDS } from '../constructs/monitoring/alarm-kinds';
import { DEFAULT_RUNTIME, NODE_RUNTIMES } from '../constructs/node-runtime';
import { MAX_BURST, MAX_RATE } from '../constructs/throttle';
import { CANARY_CONFIGS } from './canary-configs';
import {
  boolean,
  byStack,
  choice,
  id,
  isApiKeys,
  isTableName,
  looseBoolean,
  names,
  numberOrNone,
  principals,
  tags,
  text,
  wholeNumber,
  wordOr,
  zeroOr,
} from './setting-parsers';
import type { Definition, Settings } from './setting-types';

/** Retention periods of CloudWatch Logs, in days (PutRetentionPolicy), without Terraform's 0, which means "never expire". */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Much more than the default quota of a table, 40,000 ("Quotas in Amazon DynamoDB"), which AWS raises on request. */
const MAX_UNITS = 1_000_000;

const NO_MAXIMUM = '; 0 for no maximum, -1 to remove the maximum of a deployed table';

/** The number of events in a period that starts no alarm yet. A period has 5 minutes, with `canary` one minute. */
const EVENTS = wholeNumber({ min: 0, max: 1_000_000, unit: 'in a period of the alarm' });

const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** The ARN of a KMS key, as a pattern. */
const KMS_KEY = 'arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+';

/** The tag that limits the pipeline's roles to the API keys of their prefix. ARNs of API keys contain generated ids, not names. */
export const PREFIX_TAG = 'namePrefix';

/** Tags that the stacks set. */
const RESERVED_TAGS = ['project', 'environment', 'stack', PREFIX_TAG];

/** The definition of each setting. A test compares them with the table in docs/settings.md. */
export const definitions: { readonly [K in keyof Settings]: Definition<Settings[K]> } = {
  environment: {
    variable: 'ENVIRONMENT',
    default: 'default',
    // With the longest prefix and environment, names of functions and roles still fit the 64 characters that AWS allows.
    parse: text(/^[a-z](-?[a-z0-9])*$/, 12, 'lower-case letters, digits and single hyphens, starting with a letter'),
  },
  region: {
    variable: 'AWS_REGION',
    default: 'us-east-1',
    parse: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 25, 'an AWS region such as eu-west-1'),
  },
  namePrefix: {
    variable: 'NAME_PREFIX',
    default: '',
    parse: text(
      /^([a-z](-?[a-z0-9])*)?$/,
      11,
      'empty, or lower-case letters, digits and single hyphens, starting with a letter',
    ),
  },
  tags: { variable: 'TAGS', default: {}, parse: tags(RESERVED_TAGS) },
  profile: {
    variable: 'PROFILE',
    default: 'development',
    production: 'production',
    parse: choice(['development', 'production']),
  },
  logRetentionDays: { variable: 'LOG_RETENTION_DAYS', default: 14, production: 365, parse: choice(RETENTION_DAYS) },
  runtime: { variable: 'RUNTIME', default: DEFAULT_RUNTIME, parse: choice(NODE_RUNTIMES) },
  memoryMb: { variable: 'MEMORY_MB', default: 256, parse: wholeNumber({ min: 128, max: 10240, unit: 'MB' }) },
  // Minimum: time for the retries of a DynamoDB call. Maximum: one second below the integration timeout of HTTP APIs (30 s).
  timeoutSeconds: {
    variable: 'TIMEOUT_SECONDS',
    default: 10,
    parse: wholeNumber({ min: 6, max: 29, unit: 'seconds' }),
  },
  logLevel: { variable: 'LOG_LEVEL', default: 'INFO', parse: choice(LOG_LEVELS) },
  throttleRate: {
    variable: 'THROTTLE_RATE',
    default: 1000,
    parse: wholeNumber({ min: 1, max: MAX_RATE, unit: 'requests a second' }),
  },
  throttleBurst: {
    variable: 'THROTTLE_BURST',
    default: 500,
    parse: wholeNumber({ min: 1, max: MAX_BURST, unit: 'requests' }),
  },
  functionPerRoute: { variable: 'FUNCTION_PER_ROUTE', default: false, parse: boolean },
  apiKeys: {
    variable: 'API_KEYS',
    default: {},
    parse: byStack(
      isApiKeys,
      'one key, or two different keys from the oldest to the newest, each of 1 to 8 lower-case letters and digits, such as {"parts": ["a", "b"]}',
    ),
  },
  tableNames: {
    variable: 'TABLE_NAMES',
    default: {},
    parse: byStack(
      isTableName,
      'the name of a table, 3 to 255 letters, digits, dots, _ and -, such as {"parts": "parts-restored"}',
    ),
  },
  requestValidation: { variable: 'REQUEST_VALIDATION', default: false, production: true, parse: boolean },
  xrayTracing: { variable: 'XRAY_TRACING', default: false, production: true, parse: boolean },
  deletionProtection: { variable: 'DELETION_PROTECTION', default: false, production: true, parse: boolean },
  kmsKey: {
    variable: 'KMS_KEY',
    default: 'AWS',
    parse: wordOr(
      ['AWS', 'AWS_OWNED', 'CREATE'],
      text(new RegExp(`^${KMS_KEY}$`), 200, 'the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/ID'),
    ),
  },
  backup: { variable: 'BACKUP', default: false, parse: boolean },
  maxReadUnits: {
    variable: 'MAX_READ_UNITS',
    default: 0,
    production: 1000,
    productionDemand: 'set a maximum of read units a second, from 1',
    parse: wholeNumber({ min: -1, max: MAX_UNITS, unit: `read units a second${NO_MAXIMUM}` }),
  },
  maxWriteUnits: {
    variable: 'MAX_WRITE_UNITS',
    default: 0,
    production: 500,
    productionDemand: 'set a maximum of write units a second, from 1',
    parse: wholeNumber({ min: -1, max: MAX_UNITS, unit: `write units a second${NO_MAXIMUM}` }),
  },
  reservedConcurrency: {
    variable: 'RESERVED_CONCURRENCY',
    default: '',
    productionDemand: 'set the maximum of concurrent invocations of each function, or NONE for no maximum',
    parse: numberOrNone({ min: 1, max: 10000 }),
  },
  maxBodyBytes: {
    variable: 'MAX_BODY_BYTES',
    default: 0,
    // Lambda's maximum for an event is 6 MB, which also contains headers.
    parse: zeroOr({ min: 1000, max: 6_000_000, unit: 'bytes' }),
  },
  alarmEmail: {
    variable: 'ALARM_EMAIL',
    default: '',
    productionDemand: 'set the address that gets the alarms',
    parse: text(/^(|[^\s@]+@[^\s@]+\.[^\s@]+)$/, 254, 'empty, or an e-mail address'),
  },
  monthlyBudgetUsd: {
    variable: 'MONTHLY_BUDGET_USD',
    default: 0,
    productionDemand: 'set a budget in US dollars a month, from 1',
    parse: wholeNumber({ min: 0, max: 10_000_000, unit: 'US dollars a month; 0 for no budget' }),
  },
  alarmErrorPercent: {
    variable: 'ALARM_ERROR_PERCENT',
    default: 1,
    // No share is above 100 %, so an alarm above 100 would never start.
    parse: wholeNumber({ min: 0, max: 99, unit: 'percent of the responses' }),
  },
  alarmP99Ms: { variable: 'ALARM_P99_MS', default: 3000, parse: wholeNumber({ min: 1, max: 30_000, unit: 'ms' }) },
  alarmFunctionErrors: { variable: 'ALARM_FUNCTION_ERRORS', default: 0, parse: EVENTS },
  alarmThrottles: { variable: 'ALARM_THROTTLES', default: 0, parse: EVENTS },
  alarmSystemErrors: { variable: 'ALARM_SYSTEM_ERRORS', default: 0, parse: EVENTS },
  alarmPeriods: {
    variable: 'ALARM_PERIODS',
    default: 2,
    parse: wholeNumber({ min: 1, max: 24, unit: 'periods of the alarms' }),
  },
  alarmDriftHours: {
    variable: 'ALARM_DRIFT_HOURS',
    default: 24,
    parse: wholeNumber({ min: 1, max: 720, unit: 'hours' }),
  },
  alarmNames: { variable: 'ALARM_NAMES', default: {}, parse: names(ALARM_KINDS, 40) },
  canary: { variable: 'CANARY', default: 'NONE', parse: choice(['NONE', ...CANARY_CONFIGS]) },
  permissionsBoundary: {
    variable: 'PERMISSIONS_BOUNDARY',
    default: '',
    parse: text(
      /^(|arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+)$/,
      600,
      'empty, or the ARN of an IAM policy, such as arn:aws:iam::111122223333:policy/NAME',
    ),
  },
  apiGatewayLogRole: { variable: 'API_GATEWAY_LOG_ROLE', default: 'KEEP', parse: choice(['KEEP', 'CREATE']) },
  domain: {
    variable: 'DOMAIN',
    default: '',
    parse: text(
      // Labels of RFC 1123. The name of an API and a dot precede it, and a certificate allows 64 characters.
      /^(|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?)$/,
      59,
      'empty, or a domain name in lower case, such as api.example.com',
    ),
  },
  hostedZone: {
    variable: 'HOSTED_ZONE',
    default: '',
    parse: text(/^(|Z[A-Z0-9]+)$/, 32, 'empty, or the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ'),
  },
  keepDefaultEndpoint: { variable: 'KEEP_DEFAULT_ENDPOINT', default: false, parse: boolean },
  stateBucket: {
    variable: 'STATE_BUCKET',
    default: '',
    parse: text(
      // S3's naming rules (Amazon S3 user guide, "General purpose bucket naming rules"), but no dots, which break TLS.
      /^(|(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3))$/,
      63,
      'empty, or the name of an S3 bucket: at least 3 lower-case letters, digits and hyphens',
    ),
  },
  stateKmsKey: {
    variable: 'STATE_KMS_KEY',
    default: '',
    parse: text(
      new RegExp(`^(|${KMS_KEY})$`),
      200,
      'empty, or the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/ID',
    ),
  },
  stateAdministrators: { variable: 'STATE_ADMINISTRATORS', default: [], parse: principals },
  // CI services set the variable `CI`.
  remoteStateRequired: { variable: 'CI', default: false, parse: looseBoolean },
  githubRepository: {
    variable: 'GITHUB_OIDC_REPOSITORY',
    default: '',
    parse: text(/^(|[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})$/, 140, 'empty, or a GitHub repository as owner/name'),
  },
  githubRepositoryId: { variable: 'GITHUB_OIDC_REPOSITORY_ID', default: '', parse: id },
  githubOwnerId: { variable: 'GITHUB_OIDC_OWNER_ID', default: '', parse: id },
  githubEnvironment: {
    variable: 'GITHUB_OIDC_ENVIRONMENT',
    default: 'production',
    // Only characters that GitHub does not encode in a token's subject and that IAM does not read as a wildcard.
    parse: text(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
      100,
      'the name of a GitHub environment: letters, digits, dots, _ and -',
    ),
  },
  githubOidcProvider: {
    variable: 'GITHUB_OIDC_PROVIDER',
    default: 'CREATE',
    parse: choice(['CREATE', 'EXISTING']),
  },
  githubOidcIssuer: {
    variable: 'GITHUB_OIDC_ISSUER',
    default: 'token.actions.githubusercontent.com',
    parse: text(
      /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[A-Za-z0-9._-]+)*$/,
      200,
      "the issuer of GitHub's tokens without https://, such as github.example.com/_services/token",
    ),
  },
  previews: { variable: 'PREVIEWS', default: 'OFF', parse: choice(['OFF', 'OWN_ACCOUNT', 'SHARED_ACCOUNT']) },
  sdk: { variable: 'SDK', default: 'fast', parse: choice(['fast', 'stock']) },
};
