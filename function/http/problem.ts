/** Errors as callers see them: RFC 9457 problem details. */

/** One fault of the input: where it is, and how to correct it. */
export interface InputError {
  /** The field, path parameter or query parameter at fault; `body` for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A hostile body may have a million faults; an answer lists the first ones and counts the rest. */
const MAX_LISTED_ERRORS = 20;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

interface ProblemOptions {
  readonly errors?: readonly InputError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The error behind the problem. It is logged, and never shown to the caller. */
  readonly cause?: unknown;
}

/** An error for the caller. Throw it anywhere in an operation: the function answers with its status and detail. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly InputError[];
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what was wrong, and how to correct it */
  constructor(
    readonly status: number,
    readonly detail: string,
    { errors = [], headers = {}, cause }: ProblemOptions = {},
  ) {
    super(detail, { cause });
    this.errors = errors;
    this.headers = headers;
  }

  /** A 400 that names all faults of the input together. */
  static badInput(errors: readonly InputError[]): Problem {
    const listed = errors.slice(0, MAX_LISTED_ERRORS);
    const detail =
      errors.length === 1
        ? `The request has a fault at ${listed[0]?.path ?? ''}: ${listed[0]?.message ?? ''}`
        : `The request has ${errors.length} faults` +
          (errors.length > MAX_LISTED_ERRORS ? `; the first ${MAX_LISTED_ERRORS} are listed.` : '.');
    return new Problem(400, detail, { errors: listed });
  }

  /** The `application/problem+json` body. */
  toBody(requestId: string): Record<string, unknown> {
    return {
      // RFC 9457, 4.2.1: no semantics beyond those of the status.
      type: 'about:blank',
      title: TITLES[this.status] ?? 'Error',
      status: this.status,
      detail: this.detail,
      ...(this.errors.length > 0 && { errors: this.errors }),
      requestId,
    };
  }
}
