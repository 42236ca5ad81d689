/** What an attacker can make an API cost: the tables of the second half of docs/costs.md. */
import { items } from '../../../function/items/contract';
import { forPreview } from '../../../stacks/previews';
import { definitions } from '../../../stacks/setting-definitions';
import { defaultOf, type Profile, type Settings } from '../../../stacks/setting-types';
import { readSettings } from '../../../stacks/settings';
import { addUp, count, GB, money } from './format';
import * as prices from './prices';

const MONTH_SECONDS = 30 * 86_400;

/** Quotas of a new account ("Lambda quotas"; "Quotas in Amazon DynamoDB", on-demand table; "Amazon API Gateway quotas"). */
const QUOTAS = { concurrency: 1000, tableUnits: 40_000, gatewayRate: 10_000 };

/** API Gateway applies `throttleRate` to each route. */
const ROUTES = Object.keys(items.routes).length;

/** API Gateway's maximum for a body ("Quotas for HTTP APIs"), and for request line and headers, which the access log contains. */
const MAX_BODY_BYTES = 10 * 1024 ** 2;
const MAX_LINE_BYTES = 10_240;

/** Bytes of the function's lines of a request. */
const FUNCTION_LOG_BYTES = 2048;

/** A unit reads 4 KB, or 8 KB when the read is eventually consistent. */
const READ_UNIT_BYTES = 8192;

/** Bytes of a response without items: an error. */
const ERROR_BYTES = 4096;

/**
 * Bytes of a response for each stored byte: JSON writes a control character, one byte in the table, as `\\u0001`, and
 * attackers can store such texts.
 */
const JSON_GROWTH = 6;

export interface Part {
  readonly name: string;
  readonly arithmetic: string;
  readonly cost: number;
}

/** Settings that limit the bill. 0 units are no maximum. */
type Limits = Pick<Settings, 'throttleRate' | 'maxReadUnits' | 'maxWriteUnits'>;

function limitsOf(profile: Profile): Limits {
  return {
    throttleRate: defaultOf(definitions.throttleRate, profile),
    maxReadUnits: defaultOf(definitions.maxReadUnits, profile),
    maxWriteUnits: defaultOf(definitions.maxWriteUnits, profile),
  };
}

/** Returns the maximum of each part of the bill in a month. @param changes limits that replace those of the profile */
export function attackParts(profile: Profile, changes: Partial<Limits> = {}): Part[] {
  const limits = { ...limitsOf(profile), ...changes };
  const rate = Math.min(limits.throttleRate * ROUTES, QUOTAS.gatewayRate);
  const requests = rate * MONTH_SECONDS;
  return [
    ...gatewayParts(limits.throttleRate, requests),
    ...functionParts(profile, rate, requests),
    ...tableParts(limits, rate),
    ...outputParts(profile, limits, rate),
  ];
}

function gatewayParts(throttleRate: number, requests: number): Part[] {
  const metered = MAX_BODY_BYTES / prices.METERED_BYTES;
  return [
    {
      name: 'API Gateway (HTTP API)',
      arithmetic: `${count(throttleRate)} requests/s × ${ROUTES} routes × ${count(MONTH_SECONDS)} s × ${metered} (10 MB in parts of 512 KB), $1.00 and $0.90 per 10⁶`,
      cost: prices.gatewayCost('http-api', requests * metered),
    },
  ];
}

function functionParts(profile: Profile, rate: number, requests: number): Part[] {
  const timeout = defaultOf(definitions.timeoutSeconds, profile);
  const memory = defaultOf(definitions.memoryMb, profile);
  const concurrency = Math.min(rate * timeout, QUOTAS.concurrency);
  return [
    {
      name: 'Lambda, requests',
      arithmetic: `${count(requests / 1e6)} × 10⁶ × $${prices.LAMBDA_PER_MILLION.toFixed(2)} per 10⁶`,
      cost: (requests / 1e6) * prices.LAMBDA_PER_MILLION,
    },
    {
      name: 'Lambda, duration',
      arithmetic: `${count(concurrency)} concurrent × ${memory} MB × ${count(MONTH_SECONDS)} s × $${prices.LAMBDA_PER_GB_SECOND} per GB-s`,
      cost: concurrency * (memory / 1024) * MONTH_SECONDS * prices.LAMBDA_PER_GB_SECOND,
    },
  ];
}

/** Units that one request can consume: a page of a list is 1 MB, an item 400 KB ("Quotas in Amazon DynamoDB"). */
const UNITS_OF_REQUEST = { maxReadUnits: 128, maxWriteUnits: 400 };

/** Returns the units that the requests can consume in a second. The setting limits them, or the quota without it. */
function unitsOf(name: keyof typeof UNITS_OF_REQUEST, limits: Limits, rate: number): number {
  return Math.min(rate * UNITS_OF_REQUEST[name], limits[name] || QUOTAS.tableUnits);
}

function tableParts(limits: Limits, rate: number): Part[] {
  const read = unitsOf('maxReadUnits', limits, rate);
  const write = unitsOf('maxWriteUnits', limits, rate);
  const storedGb = (write * MONTH_SECONDS * 1024) / GB;
  return [
    {
      name: 'DynamoDB, reads',
      arithmetic: `${count(read)} units/s × ${count(MONTH_SECONDS)} s × $${prices.READ_UNITS_PER_MILLION} per 10⁶`,
      cost: ((read * MONTH_SECONDS) / 1e6) * prices.READ_UNITS_PER_MILLION,
    },
    {
      name: 'DynamoDB, writes',
      arithmetic: `${count(write)} units/s × ${count(MONTH_SECONDS)} s × $${prices.WRITE_UNITS_PER_MILLION} per 10⁶`,
      cost: ((write * MONTH_SECONDS) / 1e6) * prices.WRITE_UNITS_PER_MILLION,
    },
    {
      name: 'DynamoDB, storage',
      arithmetic: `${count(write)} KB/s × ${count(MONTH_SECONDS)} s = ${count(Math.round(storedGb))} GB at the end of the month, half on average × $${prices.ITEMS_PER_GB.toFixed(2)}`,
      cost: (storedGb / 2) * prices.ITEMS_PER_GB,
    },
  ];
}

function outputParts(profile: Profile, limits: Limits, rate: number): Part[] {
  const requests = rate * MONTH_SECONDS;
  const logBytes = MAX_LINE_BYTES + FUNCTION_LOG_BYTES;
  const read = unitsOf('maxReadUnits', limits, rate);
  const bytesPerSecond = read * READ_UNIT_BYTES * JSON_GROWTH + rate * ERROR_BYTES;
  // A caller decides with the trace header that a request is traced.
  const traced = defaultOf(definitions.xrayTracing, profile) ? requests : 0;
  return [
    {
      name: 'Logs',
      arithmetic: `${count(rate)} requests/s × ${logBytes / 1024} KB × ${count(MONTH_SECONDS)} s × $${prices.LOGS_PER_GB.toFixed(2)} per GB`,
      cost: ((requests * logBytes) / GB) * prices.LOGS_PER_GB,
    },
    {
      name: 'Data transfer out',
      arithmetic: `(${count(read)} units/s × 8 KB × ${JSON_GROWTH} (escaped in JSON) + ${count(rate)} requests/s × 4 KB) × ${count(MONTH_SECONDS)} s × $${prices.DATA_OUT_PER_GB} per GB`,
      cost: ((bytesPerSecond * MONTH_SECONDS) / GB) * prices.DATA_OUT_PER_GB,
    },
    {
      name: 'X-Ray',
      arithmetic:
        traced === 0
          ? 'off'
          : `${count(traced / 1e6)} × 10⁶ requests × $${prices.TRACES_PER_MILLION.toFixed(2)} per 10⁶`,
      cost: (traced / 1e6) * prices.TRACES_PER_MILLION,
    },
  ];
}

function sum(parts: readonly Part[]): number {
  return addUp(parts.map(({ cost }) => cost));
}

/** Returns the rows of a profile's table, with the total as the last row. */
export function attackRows(profile: Profile): string[][] {
  const parts = attackParts(profile);
  return [
    ...parts.map(({ name, arithmetic, cost }) => [name, arithmetic, money(cost)]),
    ['**Total of a month**', '', `**${money(sum(parts))}**`],
    ['**Total of a day**', '', `**${money(sum(parts) / 30)}**`],
  ];
}

/** Returns the rows of the table of throttle rates: the totals of a month in both profiles. */
export function rateRows(): string[][] {
  return [limitsOf('production').throttleRate, 100, 10].map((throttleRate) => [
    `\`${throttleRate}\``,
    money(sum(attackParts('development', { throttleRate }))),
    money(sum(attackParts('production', { throttleRate }))),
  ]);
}

/** Returns the rows of the table of previews: the totals of an API for a month, and for a day. */
export function previewRows(): string[][] {
  const month = sum(attackParts('development', forPreview(readSettings({}, {}))));
  return [
    ['a month', money(month)],
    ['a day', money(month / 30)],
  ];
}
