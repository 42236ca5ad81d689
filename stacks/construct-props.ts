/** Picks the settings that each construct takes. */
import type { Settings } from './settings';

export function functionProps({ memoryMb, timeoutSeconds, logLevel, logRetentionDays }: Settings) {
  return { memoryMb, timeoutSeconds, logLevel, logRetentionDays };
}

export function httpApiProps({ throttleRate, throttleBurst, logRetentionDays }: Settings) {
  return { throttleRate, throttleBurst, logRetentionDays };
}

export function restApiProps({ throttleRate, throttleBurst, logRetentionDays, xrayTracing }: Settings) {
  return { throttleRate, throttleBurst, logRetentionDays, xrayTracing };
}

export function tableProps({ deletionProtection }: Settings) {
  return { deletionProtection };
}
