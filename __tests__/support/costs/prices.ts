/** Prices in US dollars, of us-east-1, without the free tier: the prices in docs/costs.md. */

/** Price of each million, for the first `upTo`, and so on. */
type Tiers = readonly { readonly upTo: number; readonly perMillion: number }[];

/** https://aws.amazon.com/api-gateway/pricing/ */
const HTTP_API: Tiers = [
  { upTo: 300e6, perMillion: 1 },
  { upTo: Infinity, perMillion: 0.9 },
];

const REST_API: Tiers = [
  { upTo: 333e6, perMillion: 3.5 },
  { upTo: 1e9, perMillion: 2.8 },
  { upTo: 20e9, perMillion: 2.38 },
  { upTo: Infinity, perMillion: 1.51 },
];

/** An HTTP API counts each 512 KB of a request as a request. */
export const METERED_BYTES = 512 * 1024;

/** https://aws.amazon.com/lambda/pricing/, arm64 */
export const LAMBDA_PER_MILLION = 0.2;
export const LAMBDA_PER_GB_SECOND = 0.0000133334;

/** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
export const READ_UNITS_PER_MILLION = 0.125;
export const WRITE_UNITS_PER_MILLION = 0.625;
/** A GB of items for a month, and its point-in-time recovery. */
export const ITEMS_PER_GB = 0.25 + 0.2;

/** https://aws.amazon.com/cloudwatch/pricing/ */
export const LOGS_PER_GB = 0.5;
export const ALARM_METRIC = 0.1;
export const CUSTOM_METRIC = 0.3;
export const DASHBOARD = 3;
/** A GB of stored log events for a month, after compression. */
export const STORED_LOGS_PER_GB = 0.03;

/** https://aws.amazon.com/xray/pricing/ */
export const TRACES_PER_MILLION = 5;

/** https://aws.amazon.com/ec2/pricing/on-demand/, data transfer out to the internet */
export const DATA_OUT_PER_GB = 0.09;

export function gatewayCost(gateway: 'http-api' | 'rest-api', requests: number): number {
  let [cost, from] = [0, 0];
  for (const { upTo, perMillion } of gateway === 'http-api' ? HTTP_API : REST_API) {
    cost += (Math.max(0, Math.min(requests, upTo) - from) / 1e6) * perMillion;
    from = upTo;
  }
  return cost;
}
