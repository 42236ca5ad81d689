/** The console as Lambda's Node.js runtime has it: a line a call, in the function's log format (its src/LogPatch.js). */
import { format } from 'node:util';
import { type LogFormat, shownError, withShownErrors } from './failure';

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
 * Calls below AWS_LAMBDA_LOG_LEVEL do nothing.
 * @param write gets each line
 * @param requestId of the invocation that began last
 */
export function patchConsole(
  environment: NodeJS.ProcessEnv,
  write: (text: string) => void,
  requestId: () => string | undefined,
): void {
  const line = logFormat(environment) === 'JSON' ? jsonLine : textLine;
  const level = LEVELS.findIndex((name) => name === environment['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase());
  for (const [method, name] of Object.entries(METHODS)) {
    const log = (message?: unknown, ...others: unknown[]) =>
      write(`${line(name, requestId(), [message, ...others])}\n`);
    const isLogged = name === 'FATAL' || LEVELS.indexOf(name) >= level;
    Object.assign(console, { [method]: isLogged ? log : () => undefined });
  }
}

export function logFormat(environment: NodeJS.ProcessEnv): LogFormat {
  return environment['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON' ? 'JSON' : 'Text';
}

function textLine(level: Level, requestId: string | undefined, given: readonly unknown[]): string {
  return [new Date().toISOString(), String(requestId), level, format(...given)].join('\t');
}

function jsonLine(level: Level, requestId: string | undefined, given: readonly unknown[]): string {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (given.length > 1) {
    const error = given.find((one) => one instanceof Error);
    return JSON.stringify({ ...line, message: format(...given), ...(error && firstFields(error)) });
  }
  const [message] = given;
  try {
    return JSON.stringify({ ...line, message }, withShownErrors('JSON'));
  } catch {
    // What JSON has no word for: a circle, a BigInt.
    return JSON.stringify({ ...line, message: format(message) });
  }
}

function firstFields(error: Error): object {
  const { errorType, errorMessage, stackTrace } = shownError(error, 'JSON');
  return { errorType, errorMessage, stackTrace };
}
