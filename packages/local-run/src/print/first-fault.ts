/** Reads from the body of a 4xx response why the request was refused, as one short line. */
import type { HttpResponse } from '../services/api-gateway/gateway';
import { isObject } from '../services/is-object';
import { hideApiKeys, NO_SECRETS, type Secrets } from './secrets';

/** A longer body is not parsed: this code runs for every refused request. */
const MAX_BODY_LENGTH = 64 * 1024;

const MAX_CHARACTERS = 120;

/** Fields that list faults: problem details (RFC 9457, "errors"), and the libraries for validation in Node.js. */
const LISTS = ['errors', 'issues', 'details'];

/** Fields with the text of a fault, in the order of preference. Lambda's own errors use `Message`. */
const TEXTS = ['detail', 'message', 'Message', 'title', 'error', 'reason'];

/** Fields of a fault that say where the fault is. */
const PLACES = ['path', 'pointer', 'instancePath', 'field', 'param', 'name'];

/**
 * Returns the first fault that the JSON body of a 4xx response names: the first of its `errors`, otherwise its `detail` or
 * `message`.
 * @param secrets hidden in the fault
 * @returns at most 120 characters without control characters; undefined for other statuses, and when the body names no fault
 * @example
 * firstFault({ status: 400, headers: [], body: '{"errors":[{"path":"price","message":"is missing"}]}' }); // price: is missing
 */
export function firstFault({ status, body }: HttpResponse, { apiKeys }: Secrets = NO_SECRETS): string | undefined {
  if (status < 400 || status > 499 || body.length > MAX_BODY_LENGTH) return undefined;
  const fault = faultIn(parse(body));
  // Hides keys before it shortens: a cut through a key would leave part of the key visible.
  return fault === undefined ? undefined : shorten(hideApiKeys(fault, apiKeys));
}

function parse(body: Buffer | string): unknown {
  const text = body.toString();
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultIn(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const [first] = LISTS.flatMap((name) => (Array.isArray(value[name]) ? (value[name] as unknown[]) : []));
  const listed = typeof first === 'string' ? first : isObject(first) ? placedText(first) : undefined;
  return listed ?? textIn(value);
}

/** Formats a fault with its place: `price: is missing`. */
function placedText(fault: Readonly<Record<string, unknown>>): string | undefined {
  const text = textIn(fault);
  const place = PLACES.map((name) => placeText(fault[name])).find((candidate) => candidate !== '');
  return text === undefined || place === undefined ? text : `${place}: ${text}`;
}

/** @param place text, or a list of names and positions: `["items", 0, "price"]` */
function placeText(place: unknown): string {
  if (Array.isArray(place)) return place.map(String).join('.');
  return typeof place === 'string' ? place : '';
}

function textIn(value: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of TEXTS) {
    const text = value[name];
    if (typeof text === 'string' && text.trim() !== '') return text;
    if (isObject(text)) return textIn(text);
  }
  return undefined;
}

/** Replaces control characters, and characters that reorder or break a line, by spaces: they must not reach the terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function shorten(text: string): string {
  const line = oneLine(text);
  const characters = Array.from(line);
  return characters.length <= MAX_CHARACTERS ? line : `${characters.slice(0, MAX_CHARACTERS - 3).join('')}...`;
}
