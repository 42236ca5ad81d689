/** What is thrown, in the forms in which Lambda's Node.js runtime reports and logs it. */
import { inspect } from 'node:util';
import type { Failure } from '../worker-messages';

export type LogFormat = 'JSON' | 'Text';

/** A fault that the runtime itself finds; `name` is Lambda's name for it. */
export class RuntimeError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Whatever was thrown: an error by its name, anything else by its type (aws-lambda-nodejs-runtime-interface-client, src/Errors.js).
 * @param format of the function's log
 */
export function failureOf(thrown: unknown, format: LogFormat): Failure {
  const reported = reportedOf(thrown);
  return { ...reported, logged: loggedOf(thrown, reported, format) };
}

type Reported = Omit<Failure, 'logged'>;

/** An object that no text can be made of, or a property that throws. */
const UNREADABLE: Reported = {
  errorType: 'handled',
  errorMessage:
    'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
  trace: [],
};

function reportedOf(thrown: unknown): Reported {
  try {
    return partsOf(thrown);
  } catch {
    return UNREADABLE;
  }
}

function partsOf(thrown: unknown): Reported {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  const { name, message, stack } = thrown as { name: unknown; message: unknown; stack?: unknown };
  // Whoever throws may have set them to anything.
  return {
    errorType: String(name),
    errorMessage: String(message),
    trace: typeof stack === 'string' ? stack.split('\n') : [],
  };
}

/** As JSON: its own properties too, and whatever is no error as the message of one (src/LogPatch.js, src/Errors.js). */
function loggedOf(thrown: unknown, reported: Reported, format: LogFormat): string {
  const { errorType, errorMessage, trace } = reported;
  const brief = JSON.stringify({ errorType, errorMessage, trace });
  try {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const text: unknown = JSON.stringify(error, withShownErrors(format));
    // Nothing where its toJSON says so.
    return typeof text === 'string' ? text : brief;
  } catch {
    // A circle, for example. Of what is no error there is no text either.
    return format === 'JSON' && thrown instanceof Error ? JSON.stringify(inspect(thrown)) : brief;
  }
}

/** For JSON.stringify: errors with all that they have. */
export function withShownErrors(format: LogFormat): (key: string, value: unknown) => unknown {
  return (_key, value) => (value instanceof Error ? shownError(value, format) : value);
}

export function shownError(error: Error, format: LogFormat): Record<string, unknown> {
  const { name, message: errorMessage, stack, code } = error as Error & { code?: unknown };
  const lines = typeof stack === 'string' ? stack.split('\n') : stack;
  const own: Record<string, unknown> = Object.fromEntries(Object.entries(error));
  // In Lambda's own classes it is no property of each.
  if (error instanceof RuntimeError) delete own['name'];
  if (format === 'JSON') return { errorType: className(error), errorMessage, stackTrace: lines, ...own };
  return { errorType: name, errorMessage, code, ...own, stack: lines };
}

/** Lambda's own classes are named without its prefix. */
function className(error: Error): string {
  if (error instanceof RuntimeError) return error.name.replace(/^Runtime\./, '');
  const { constructor } = error as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' ? constructor.name : 'UnknownError';
}
