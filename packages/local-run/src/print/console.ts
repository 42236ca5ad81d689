/** A line of Lambda's console in JSON format, for a person: what was said, and an error's stack as it is known elsewhere. */
import { inspect } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/** Those that the runtime gives (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js); a logger's line has others. */
const OF_CONSOLE = new Set(['timestamp', 'level', 'requestId', 'message', 'errorType', 'errorMessage', 'stackTrace']);

/** Of the local run's own runtime, and of Node.js below it. */
const NOT_OF_THE_FUNCTION = /^ +at .*(\[worker eval\]:\d|\(node:internal\/)/;

/** @returns undefined for any other line */
export function consoleText(fields: Fields): string | undefined {
  const { timestamp, level, message } = fields;
  if (timestamp === undefined || typeof level !== 'string') return undefined;
  if (!Object.keys(fields).every((name) => OF_CONSOLE.has(name))) return undefined;
  const lines = shown(message).split('\n');
  const text = lines.filter((line) => !NOT_OF_THE_FUNCTION.test(line)).join('\n');
  return level === 'INFO' ? text : `${level} ${text}`;
}

function shown(message: unknown): string {
  if (message === undefined) return '';
  if (typeof message === 'string') return message;
  if (typeof message !== 'object' || message === null) return inspect(message);
  const { errorType, errorMessage, stackTrace, ...others } = message as Fields;
  if (!Array.isArray(stackTrace) || stackTrace.length === 0) return inspect(message, { depth: 5 });
  // The stack names the class where the error has no name of its own.
  const head = String(stackTrace[0]).includes(String(errorMessage))
    ? []
    : [`${String(errorType)}: ${String(errorMessage)}`];
  const own = Object.keys(others).length > 0 ? [inspect(others, { depth: 5 })] : [];
  return [...head, ...stackTrace.map(String), ...own].join('\n');
}
