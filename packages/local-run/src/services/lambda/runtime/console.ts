/**
 * Replaces console methods as Lambda's Node.js runtime does. Each call writes one line in the function's log format
 * (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js).
 */
import { format } from 'node:util';
import { type LogFormat, errorObject, errorReplacer } from './failure';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

type Level = (typeof LEVELS)[number];

const METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
} as const;

/**
 * Replaces the methods of `console`. Methods below the level AWS_LAMBDA_LOG_LEVEL do nothing.
 * @param write called with each line, including its line break
 * @param requestId returns the request id of the latest invocation
 */
export function patchConsole(
  environment: NodeJS.ProcessEnv,
  write: (text: string) => void,
  requestId: () => string | undefined,
): void {
  const formatLine = logFormat(environment) === 'JSON' ? jsonLine : textLine;
  const minLevel = LEVELS.findIndex((name) => name === environment['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase());
  for (const [method, name] of Object.entries(METHODS)) {
    const log = (message?: unknown, ...rest: unknown[]) =>
      write(`${formatLine(name, requestId(), [message, ...rest])}\n`);
    const isLogged = name === 'FATAL' || LEVELS.indexOf(name) >= minLevel;
    Object.assign(console, { [method]: isLogged ? log : () => undefined });
  }
}

export function logFormat(environment: NodeJS.ProcessEnv): LogFormat {
  return environment['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON' ? 'JSON' : 'Text';
}

function textLine(level: Level, requestId: string | undefined, values: readonly unknown[]): string {
  return [new Date().toISOString(), String(requestId), level, format(...values)].join('\t');
}

function jsonLine(level: Level, requestId: string | undefined, values: readonly unknown[]): string {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length > 1) {
    const error = values.find((value) => value instanceof Error);
    return JSON.stringify({ ...line, message: format(...values), ...(error && errorFields(error)) });
  }
  const [message] = values;
  try {
    return JSON.stringify({ ...line, message }, errorReplacer('JSON'));
  } catch {
    // JSON cannot represent circular references and BigInts.
    return JSON.stringify({ ...line, message: format(message) });
  }
}

function errorFields(error: Error): object {
  const { errorType, errorMessage, stackTrace } = errorObject(error, 'JSON');
  return { errorType, errorMessage, stackTrace };
}
