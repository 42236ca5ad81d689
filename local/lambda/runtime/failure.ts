/** What is thrown, in the form in which Lambda's Node.js runtime reports it. */
import type { Failure } from '../protocol';

/** A fault that the runtime itself finds; `name` is Lambda's name for it. */
export class RuntimeError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/** Whatever was thrown: an error by its name, anything else by its type (aws-lambda-nodejs-runtime-interface-client, src/Errors.js). */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  const { name, message, stack } = thrown as { name: unknown; message: unknown; stack?: unknown };
  // Whoever throws may have set them to anything.
  return {
    errorType: String(name),
    errorMessage: String(message),
    trace: typeof stack === 'string' ? stack.split('\n') : [],
  };
}
