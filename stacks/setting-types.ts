/** Types of the settings of a deployment and of their definitions. */
import type { AlarmNames } from '../constructs/monitoring/alarm-kinds';
import type { NodeRuntime } from '../constructs/node-runtime';
import type { CanarySetting } from './canary-configs';
import type { Parser } from './setting-parsers';

/** All settings. docs/settings.md describes each one: meaning, default and allowed values. */
export interface Settings {
  readonly profile: Profile;
  readonly environment: string;
  readonly region: string;
  readonly namePrefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly runtime: NodeRuntime;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logLevel: string;
  readonly throttleRate: number;
  readonly throttleBurst: number;
  readonly functionPerRoute: boolean;
  readonly apiKeys: Readonly<Record<string, readonly string[]>>;
  readonly tableNames: Readonly<Record<string, string>>;
  readonly requestValidation: boolean;
  readonly xrayTracing: boolean;
  readonly deletionProtection: boolean;
  readonly kmsKey: string;
  readonly backup: boolean;
  readonly maxReadUnits: number;
  readonly maxWriteUnits: number;
  readonly reservedConcurrency: number | 'NONE' | '';
  readonly maxBodyBytes: number;
  readonly alarmEmail: string;
  readonly monthlyBudgetUsd: number;
  readonly alarmErrorPercent: number;
  readonly alarmP99Ms: number;
  readonly alarmFunctionErrors: number;
  readonly alarmThrottles: number;
  readonly alarmSystemErrors: number;
  readonly alarmPeriods: number;
  readonly alarmDriftHours: number;
  readonly alarmNames: AlarmNames;
  readonly canary: CanarySetting;
  readonly permissionsBoundary: string;
  readonly apiGatewayLogRole: string;
  readonly domain: string;
  readonly hostedZone: string;
  readonly keepDefaultEndpoint: boolean;
  readonly stateBucket: string;
  readonly stateKmsKey: string;
  readonly stateAdministrators: readonly string[];
  readonly remoteStateRequired: boolean;
  readonly githubRepository: string;
  readonly githubRepositoryId: string;
  readonly githubOwnerId: string;
  readonly githubEnvironment: string;
  readonly githubOidcProvider: string;
  readonly githubOidcIssuer: string;
  readonly previews: PreviewsSetting;
  readonly sdk: 'fast' | 'stock';
}

/**
 * Whether pull requests get previews: in an AWS account without other environments, or in the account of the other environments, where
 * code of a pull request can then reach their HTTP APIs.
 */
export type PreviewsSetting = 'OFF' | 'OWN_ACCOUNT' | 'SHARED_ACCOUNT';

/** The default values of a deployment: for a beginner, or for a company that runs the APIs. */
export type Profile = 'development' | 'production';

export interface Definition<T> {
  /** The environment variable, which overrides the context of cdktf.json. */
  readonly variable: string;
  readonly default: T;
  /** The default in the profile `production`. @default the same default in both profiles */
  readonly production?: T;
  /** What to set in the profile `production`, which refuses the value `default`. @default production accepts it */
  readonly productionDemand?: string;
  readonly parse: Parser<T>;
}

/** Returns the default of a setting in a profile. */
export function defaultOf<T>({ default: byDefault, production = byDefault }: Definition<T>, profile: Profile): T {
  return profile === 'production' ? production : byDefault;
}
