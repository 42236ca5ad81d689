/** The cost of ordinary requests: the first tables in docs/costs.md. */
import { definitions } from '../../../stacks/settings';
import { addUp, GB, money } from './format';
import * as prices from './prices';

/** What the page assumes of an average request. */
const ASSUMED = { billedMs: 10, shareOfWrites: 0.2, itemBytes: 1024, responseBytes: 1024, logBytes: 2048 };

/** Returns the parts of the cost of a month. */
function partsOf(gateway: 'http-api' | 'rest-api', requests: number) {
  const { billedMs, shareOfWrites, responseBytes, logBytes } = ASSUMED;
  const gbSeconds = requests * (billedMs / 1000) * (definitions.memoryMb.default / 1024);
  // An eventually consistent read of up to 4 KB is half a unit; a write of up to 1 KB is a unit.
  const units = { read: requests * (1 - shareOfWrites) * 0.5, write: requests * shareOfWrites };
  return {
    gateway: prices.gatewayCost(gateway, requests),
    lambda: (requests / 1e6) * prices.LAMBDA_PER_MILLION + gbSeconds * prices.LAMBDA_PER_GB_SECOND,
    dynamodb: (units.read / 1e6) * prices.READ_UNITS_PER_MILLION + (units.write / 1e6) * prices.WRITE_UNITS_PER_MILLION,
    logs: ((requests * logBytes) / GB) * prices.LOGS_PER_GB,
    dataOut: ((requests * responseBytes) / GB) * prices.DATA_OUT_PER_GB,
  };
}

const REQUESTS = [
  [1, '1'],
  [1e6, '10⁶'],
  [1e9, '10⁹'],
] as const;

/** Returns the rows of the table, without its head. */
export function usageRows(): string[][] {
  return (['http-api', 'rest-api'] as const).flatMap((gateway) =>
    REQUESTS.map(([requests, text]) => {
      const parts = partsOf(gateway, requests);
      const name = gateway === 'http-api' ? 'HTTP API' : 'REST API';
      return [text, name, ...Object.values(parts).map(money), `**${money(addUp(parts))}**`];
    }),
  );
}

/** X-Ray's default rule traces the first request of each second, and 5 % of the others. */
const SAMPLED = 0.05;

/** Returns the rows of the table of what the profile `production` adds to a month, without its head. */
export function productionRows(): string[][] {
  const months = Math.round((definitions.logRetentionDays.production ?? 0) / 30.4);
  return REQUESTS.map(([requests, text]) => {
    const traces = ((requests * SAMPLED) / 1e6) * prices.TRACES_PER_MILLION;
    const stored = ((requests * months * ASSUMED.logBytes) / GB) * prices.STORED_LOGS_PER_GB;
    return [text, money(traces), money(stored)];
  });
}
