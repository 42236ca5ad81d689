/** Picks the settings that constructs take. */
import type { CrudApiProps } from '../constructs/crud-api-props';
import type { MonitoringProps } from '../constructs/monitoring/monitoring';
import { metricsNamespace } from './names';
import { isPreview } from './previews';
import { runbooksUrl } from './runbooks';
import type { Settings } from './settings';

export function apiProps(settings: Settings): Partial<CrudApiProps> {
  const { runtime, memoryMb, timeoutSeconds, logLevel, logRetentionDays } = settings;
  const { permissionsBoundary, reservedConcurrency } = settings;
  const { throttleRate, throttleBurst, requestValidation, xrayTracing, maxBodyBytes } = settings;
  const { deletionProtection, maxReadUnits, maxWriteUnits, keepDefaultEndpoint } = settings;
  return {
    ...{ runtime, memoryMb, timeoutSeconds, logLevel, logRetentionDays, permissionsBoundary },
    // The preview role may not set up access logs: the calls have no resource, so it could delete those of other APIs.
    accessLog: !isPreview(settings),
    reservedConcurrency: typeof reservedConcurrency === 'number' ? reservedConcurrency : undefined,
    ...{ throttleRate, throttleBurst, requestValidation, xrayTracing, maxBodyBytes },
    maxThrottle: isPreview(settings) ? { rate: throttleRate, burst: throttleBurst } : undefined,
    ...{ deletionProtection, maxReadUnits, maxWriteUnits, keepDefaultEndpoint },
    canary: settings.canary !== 'NONE',
    metricsNamespace: settings.alarmEmail === '' ? '' : metricsNamespace(settings),
  };
}

export function monitoringProps(
  settings: Settings,
): Pick<
  MonitoringProps,
  'email' | 'thresholds' | 'alarmNames' | 'region' | 'runbooks' | 'metricsNamespace' | 'periodSeconds'
> {
  const { alarmEmail: email, alarmNames, region } = settings;
  return {
    email,
    thresholds: {
      errorPercent: settings.alarmErrorPercent,
      p99Ms: settings.alarmP99Ms,
      functionErrors: settings.alarmFunctionErrors,
      throttles: settings.alarmThrottles,
      systemErrors: settings.alarmSystemErrors,
      periods: settings.alarmPeriods,
    },
    ...{ alarmNames, region },
    runbooks: runbooksUrl(settings),
    metricsNamespace: metricsNamespace(settings),
    // With the default, most alarms would start only after CodeDeploy has moved all requests.
    periodSeconds: settings.canary === 'NONE' ? undefined : 60,
  };
}
