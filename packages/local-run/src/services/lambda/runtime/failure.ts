/** Converts thrown values into the errors that Lambda's Node.js runtime reports and logs. */
import { inspect } from 'node:util';
import type { Failure } from '../worker-messages';

export type LogFormat = 'JSON' | 'Text';

/** An error that the runtime itself detects. `name` is Lambda's error type. */
export class RuntimeError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Converts a thrown value. The error type of an Error is its name; the error type of any other value is its JavaScript type
 * (aws-lambda-nodejs-runtime-interface-client, src/Errors.js).
 * @param format the function's log format
 */
export function toFailure(thrown: unknown, format: LogFormat): Failure {
  const reported = toReported(thrown);
  return { ...reported, logged: toLogged(thrown, reported, format) };
}

type Reported = Omit<Failure, 'logged'>;

/** The report of a value that cannot be converted to text, or whose getters throw. */
const UNREADABLE: Reported = {
  errorType: 'handled',
  errorMessage:
    'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
  trace: [],
};

function toReported(thrown: unknown): Reported {
  try {
    return describeThrown(thrown);
  } catch {
    return UNREADABLE;
  }
}

function describeThrown(thrown: unknown): Reported {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  const { name, message, stack } = thrown as { name: unknown; message: unknown; stack?: unknown };
  // The code may have set these properties to values of any type.
  return {
    errorType: String(name),
    errorMessage: String(message),
    trace: typeof stack === 'string' ? stack.split('\n') : [],
  };
}

/**
 * Formats an error as JSON, with all its properties. Any other value becomes the message of an Error (src/LogPatch.js,
 * src/Errors.js).
 */
function toLogged(thrown: unknown, reported: Reported, format: LogFormat): string {
  const { errorType, errorMessage, trace } = reported;
  const summary = JSON.stringify({ errorType, errorMessage, trace });
  try {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const text: unknown = JSON.stringify(error, errorReplacer(format));
    // The method toJSON of an error may return undefined.
    return typeof text === 'string' ? text : summary;
  } catch {
    // For example a circular reference, or a value that cannot be converted to text.
    return format === 'JSON' && thrown instanceof Error ? JSON.stringify(inspect(thrown)) : summary;
  }
}

/** Returns a replacer for JSON.stringify that includes all properties of errors. */
export function errorReplacer(format: LogFormat): (key: string, value: unknown) => unknown {
  return (_key, value) => (value instanceof Error ? errorObject(value, format) : value);
}

export function errorObject(error: Error, format: LogFormat): Record<string, unknown> {
  const { name, message: errorMessage, stack, code } = error as Error & { code?: unknown };
  const lines = typeof stack === 'string' ? stack.split('\n') : stack;
  const properties: Record<string, unknown> = Object.fromEntries(Object.entries(error));
  // Lambda's error classes have no own property `name`, unlike RuntimeError.
  if (error instanceof RuntimeError) delete properties['name'];
  if (format === 'JSON') return { errorType: className(error), errorMessage, stackTrace: lines, ...properties };
  return { errorType: name, errorMessage, code, ...properties, stack: lines };
}

/** Returns the name of an error's class. The names of Lambda's classes lack the prefix `Runtime.` of its error types. */
function className(error: Error): string {
  if (error instanceof RuntimeError) return error.name.replace(/^Runtime\./, '');
  const { constructor } = error as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' ? constructor.name : 'UnknownError';
}
