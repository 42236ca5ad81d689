/** Picks the settings that constructs take. */
import type { CrudApiProps } from '../constructs/crud-api-props';
import type { Settings } from './settings';

export function apiProps(settings: Settings): Partial<CrudApiProps> {
  const { memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary, reservedConcurrency } = settings;
  const { throttleRate, throttleBurst, requestValidation, xrayTracing, maxBodyBytes } = settings;
  const { deletionProtection, maxReadUnits, maxWriteUnits } = settings;
  return {
    ...{ memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary },
    reservedConcurrency: typeof reservedConcurrency === 'number' ? reservedConcurrency : undefined,
    ...{ throttleRate, throttleBurst, requestValidation, xrayTracing, maxBodyBytes },
    ...{ deletionProtection, maxReadUnits, maxWriteUnits },
  };
}
