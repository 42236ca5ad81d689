/** The settings that become variables of Terraform, and the probe values with which eject finds their places in the stacks. */
import type { Settings } from '../../stacks/settings';

export interface SettingVariable {
  readonly setting: keyof Settings;
  /** Name of the variable in Terraform. */
  readonly name: string;
  readonly description: string;
  /** Two unusual values that the setting allows. Eject uses the second if the setting has the first. */
  readonly probes: readonly [number, number] | readonly [string, string];
  /** Whether a synth with a probe value succeeds and has the same resources. @default always */
  readonly isVariable?: (settings: Settings) => boolean;
}

const isSet = (setting: keyof Settings) => (settings: Settings) => settings[setting] !== '';
const isPositive = (setting: keyof Settings) => (settings: Settings) => Number(settings[setting]) > 0;

/** No two probe numbers are equal or consecutive, because a place can contain a setting's value plus one. */
export const SETTING_VARIABLES: readonly SettingVariable[] = [
  {
    setting: 'region',
    name: 'region',
    description: 'AWS region of all resources.',
    probes: ['zq-probe-1', 'zq-probe-2'],
    // A KMS key belongs to a region.
    isVariable: ({ kmsKey, stateKmsKey }) => ![kmsKey, stateKmsKey].some((key) => key.startsWith('arn:')),
  },
  {
    setting: 'environment',
    name: 'environment',
    description: 'Name of the environment. Resource names contain it, unless it is "default".',
    probes: ['zqe', 'zqf'],
  },
  {
    setting: 'namePrefix',
    name: 'name_prefix',
    description: 'Prefix of resource names; can be empty.',
    probes: ['zqp', 'zqr'],
    // Table names must start with the prefix, so the settings refuse another prefix.
    isVariable: ({ tableNames }) => Object.keys(tableNames).length === 0,
  },
  {
    setting: 'logRetentionDays',
    name: 'log_retention_days',
    description: 'Days until CloudWatch Logs deletes a log line.',
    probes: [2922, 3288],
  },
  {
    setting: 'memoryMb',
    name: 'memory_mb',
    description: 'Memory of each function in MB, 128 to 10240.',
    probes: [3331, 3343],
  },
  {
    setting: 'timeoutSeconds',
    name: 'timeout_seconds',
    description: 'Timeout of an invocation in seconds, 6 to 29.',
    probes: [23, 27],
  },
  {
    setting: 'logLevel',
    name: 'log_level',
    description: 'Minimum level of log lines: TRACE, DEBUG, INFO, WARN, ERROR or FATAL.',
    probes: ['TRACE', 'DEBUG'],
  },
  {
    setting: 'throttleRate',
    name: 'throttle_rate',
    description: 'Maximum rate of requests to each route, in requests a second.',
    probes: [4567, 4583],
  },
  {
    setting: 'throttleBurst',
    name: 'throttle_burst',
    description: 'Maximum burst of requests to each route, in requests.',
    probes: [3217, 3229],
  },
  {
    setting: 'maxReadUnits',
    name: 'max_read_units',
    description: 'Maximum read units a second, for each table and each index.',
    probes: [76543, 76561],
    isVariable: isPositive('maxReadUnits'),
  },
  {
    setting: 'maxWriteUnits',
    name: 'max_write_units',
    description: 'Maximum write units a second, for each table and each index.',
    probes: [65437, 65447],
    isVariable: isPositive('maxWriteUnits'),
  },
  {
    setting: 'reservedConcurrency',
    name: 'reserved_concurrency',
    description: 'Maximum concurrent invocations of each function, which Lambda reserves for it.',
    probes: [7919, 7907],
    isVariable: isPositive('reservedConcurrency'),
  },
  {
    setting: 'maxBodyBytes',
    name: 'max_body_bytes',
    description: 'Maximum size of a request body in bytes, 1000 to 6000000.',
    probes: [5432111, 5432131],
    isVariable: isPositive('maxBodyBytes'),
  },
  {
    setting: 'permissionsBoundary',
    name: 'permissions_boundary',
    description: 'ARN of the policy that limits the roles as their permissions boundary.',
    probes: ['arn:aws:iam::987654321098:policy/zq', 'arn:aws:iam::987654321098:policy/zr'],
    isVariable: isSet('permissionsBoundary'),
  },
  {
    setting: 'domain',
    name: 'domain',
    description: 'Domain of the APIs.',
    probes: ['zqd.example', 'zqh.example'],
    isVariable: isSet('domain'),
  },
  {
    setting: 'hostedZone',
    name: 'hosted_zone',
    description: 'Id of the Route 53 hosted zone that contains the domain.',
    probes: ['Z0ZQ0ZQ0ZQ0ZQ', 'Z1ZQ1ZQ1ZQ1ZQ'],
    isVariable: isSet('hostedZone'),
  },
  {
    setting: 'alarmEmail',
    name: 'alarm_email',
    description: 'Address that gets the alarms.',
    probes: ['zqm@zqm.example', 'zqn@zqn.example'],
    isVariable: isSet('alarmEmail'),
  },
  {
    setting: 'monthlyBudgetUsd',
    name: 'monthly_budget_usd',
    description: 'Budget of the account in US dollars a month.',
    probes: [9876541, 9876553],
    isVariable: isPositive('monthlyBudgetUsd'),
  },
  {
    setting: 'alarmErrorPercent',
    name: 'alarm_error_percent',
    description: 'An alarm starts above this share of responses with a status of 500 or more, in percent.',
    probes: [37, 41],
  },
  {
    setting: 'alarmP99Ms',
    name: 'alarm_p99_ms',
    description: 'An alarm starts above this p99 latency, in milliseconds.',
    probes: [12743, 12757],
  },
  {
    setting: 'alarmFunctionErrors',
    name: 'alarm_function_errors',
    description: 'An alarm starts when more than this number of invocations of a function fail in a period.',
    probes: [612431, 612443],
  },
  {
    setting: 'alarmThrottles',
    name: 'alarm_throttles',
    description:
      'An alarm starts when more than this number of invocations, or of requests to the table, are throttled in a period.',
    probes: [612461, 612473],
  },
  {
    setting: 'alarmSystemErrors',
    name: 'alarm_system_errors',
    description:
      'An alarm starts when DynamoDB answers more than this number of requests with an internal error in a period.',
    probes: [612491, 612503],
  },
  {
    setting: 'alarmPeriods',
    name: 'alarm_periods',
    description: 'Number of periods above the threshold that starts an alarm.',
    probes: [17, 20],
  },
  {
    setting: 'alarmDriftHours',
    name: 'alarm_drift_hours',
    description: 'An alarm starts when a drift has this age, in hours.',
    probes: [613, 617],
  },
];

/** A setting that becomes a variable, with its value and its probe value. */
export interface Candidate extends SettingVariable {
  readonly value: number | string;
  readonly probe: number | string;
}

/** Selects the settings that can become variables, and chooses their probe values. */
export function candidatesOf(settings: Settings): Candidate[] {
  return SETTING_VARIABLES.filter(({ isVariable = () => true }) => isVariable(settings)).map((variable) => {
    const value = settings[variable.setting] as number | string;
    const [first, second] = variable.probes;
    return { ...variable, value, probe: value === first ? second : first };
  });
}
