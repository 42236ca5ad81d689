/** Turns a JSON line of Lambda's console into text for a person, with an error's stack as Node.js prints it. */
import { inspect } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a console line (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js). Loggers write other fields. */
const CONSOLE_FIELDS = new Set([
  'timestamp',
  'level',
  'requestId',
  'message',
  'errorType',
  'errorMessage',
  'stackTrace',
]);

/** Stack frames of the local run's Lambda runtime and of Node.js itself. */
const INTERNAL_FRAME = /^ +at .*(\[worker eval\]:\d|\(node:internal\/)/;

/** @returns undefined when the console did not write the line */
export function consoleText(fields: Fields): string | undefined {
  const { timestamp, level, message } = fields;
  if (timestamp === undefined || typeof level !== 'string') return undefined;
  if (!Object.keys(fields).every((name) => CONSOLE_FIELDS.has(name))) return undefined;
  const lines = messageText(message).split('\n');
  const text = lines.filter((line) => !INTERNAL_FRAME.test(line)).join('\n');
  return level === 'INFO' ? text : `${level} ${text}`;
}

function messageText(message: unknown): string {
  if (message === undefined) return '';
  if (typeof message === 'string') return message;
  if (typeof message !== 'object' || message === null) return inspect(message);
  const { errorType, errorMessage, stackTrace, ...others } = message as Fields;
  if (!Array.isArray(stackTrace) || stackTrace.length === 0) return inspect(message, { depth: 5 });
  // The stack begins with the error's name and message, unless the function changed it.
  const head = String(stackTrace[0]).includes(String(errorMessage))
    ? []
    : [`${String(errorType)}: ${String(errorMessage)}`];
  const details = Object.keys(others).length > 0 ? [inspect(others, { depth: 5 })] : [];
  return [...head, ...stackTrace.map(String), ...details].join('\n');
}
