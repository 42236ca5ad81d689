/** Picks the settings that constructs take. */
import type { CrudApiProps } from '../constructs/crud-api-props';
import type { Settings } from './settings';

export function apiProps(settings: Settings): Partial<CrudApiProps> {
  const { memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary } = settings;
  const { throttleRate, throttleBurst, requestValidation, xrayTracing, deletionProtection } = settings;
  return {
    ...{ memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary },
    ...{ throttleRate, throttleBurst, requestValidation, xrayTracing, deletionProtection },
  };
}
