/** Formats a request as a line for a person, in columns that fit a terminal of 100 characters. */
import type { DynamodbCall } from '../model/dynamodb-call';
import type { RequestLog } from '../services/api-gateway/server';
import { clock } from './clock';
import { firstFault, oneLine } from './first-fault';
import { hideApiKeys, hideInPath, NO_SECRETS } from './secrets';
import { cyan, dim, green, red, yellow } from './style';

const METHOD_WIDTH = 6;
const PATH_WIDTH = 34;
/** Width of all columns except the path, with room for a call and a note. */
const OTHER_COLUMNS = 72;

/**
 * Formats a request: `10:00:00 items    GET    /items/a                          200    12 ms cold GetItem allowed`. The line of a 4xx
 * response ends with the reason of the gateway, or with the first fault in the body.
 */
export function requestText(log: RequestLog, stackWidth = 0, secrets = NO_SECRETS): string {
  const { method, path, response, milliseconds, cold, reason, calls = [], stack, heldMs } = log;
  const { status } = response;
  const color = status >= 500 ? red : status >= 400 ? yellow : green;
  const held = Math.round(heldMs);
  const why = reason === undefined ? firstFault(response, secrets) : firstLine(hideApiKeys(reason, secrets.apiKeys));
  const notes = [
    ...callNotes(calls),
    ...(held > 0 ? [dim(`held ${held} ms`)] : []),
    ...(why === undefined ? [] : [dim(why)]),
  ];
  const columns = [
    dim(clock()),
    ...(stackWidth > 0 ? [stack.padEnd(stackWidth)] : []),
    encodeControlCharacters(method).padEnd(METHOD_WIDTH),
    fitPath(encodeControlCharacters(hideInPath(path, secrets))),
    color(String(status)),
    `${milliseconds.toFixed(0).padStart(5)} ms`,
    cold ? cyan('cold') : '    ',
    notes.join(', '),
  ];
  return columns.join(' ').trimEnd();
}

/** Returns the first line of an error. The function's log has all lines. Some errors, such as Prisma's, begin with a line break. */
function firstLine(text: string): string {
  return oneLine(text.trim().split(/[\r\n]/, 1)[0] ?? '');
}

/** Formats calls: `GetItem allowed`, `PutItem denied`. Counts equal calls in succession: `GetItem x2 allowed`. */
function callNotes(calls: readonly DynamodbCall[]): string[] {
  const groups: { operation: string; decision: DynamodbCall['decision']; times: number }[] = [];
  for (const { operation, decision } of calls) {
    const last = groups.at(-1);
    if (last?.operation === operation && last.decision === decision) last.times += 1;
    else groups.push({ operation, decision, times: 1 });
  }
  return groups.map(({ operation, decision, times }) => {
    const text = `${operation}${times === 1 ? '' : ` x${times}`} ${decision}`;
    return decision === 'allowed' ? text : red(text);
  });
}

/** Fits a path into its column. Shortens a long path in the middle, but only on a terminal. */
function fitPath(path: string): string {
  const { columns } = process.stdout as { readonly columns?: number };
  if (columns === undefined) return path.padEnd(PATH_WIDTH);
  const width = Math.min(60, Math.max(30, columns - OTHER_COLUMNS));
  return (path.length <= width ? path : `${path.slice(0, width - 10)}...${path.slice(-7)}`).padEnd(width);
}

/** Percent-encodes all characters except printable ASCII. Control characters must not reach the terminal. */
function encodeControlCharacters(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, (character) => encodeURIComponent(character));
}
