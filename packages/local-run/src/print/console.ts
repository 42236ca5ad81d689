/** Converts a JSON line of Lambda's console to text for a person. Prints the stack of an error in the format of Node.js. */
import path from 'node:path';
import { inspect } from 'node:util';
import { PACKAGE_ROOT, workerFile } from '../package-root';

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

/** Files of the local run's Lambda runtime. Source maps replace the built file in a stack by its sources. */
const RUNTIME_FILES = [workerFile('lambda-runtime'), path.join(PACKAGE_ROOT, 'src/services/lambda/runtime')];

/** @returns undefined when the console did not write the line */
export function consoleText(fields: Fields): string | undefined {
  const { timestamp, level, message } = fields;
  if (timestamp === undefined || typeof level !== 'string') return undefined;
  if (!Object.keys(fields).every((name) => CONSOLE_FIELDS.has(name))) return undefined;
  const lines = messageText(message).split('\n');
  const text = lines.filter((line) => !isInternalFrame(line)).join('\n');
  return level === 'INFO' ? text : `${level} ${text}`;
}

/** Whether a line is a stack frame of the Lambda runtime or of Node.js itself. */
function isInternalFrame(line: string): boolean {
  if (!/^ +at /.test(line)) return false;
  return (
    /\(node:internal\/|new Promise \(<anonymous>\)/.test(line) || RUNTIME_FILES.some((file) => line.includes(file))
  );
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
