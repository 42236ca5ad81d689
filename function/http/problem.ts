/** Errors as callers see them: RFC 9457 problem details. */

/** One fault of the input: where it is, and how to put it right. */
export interface InputError {
  /** The field, path or query parameter at fault; `body` for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/** More than these are counted, not listed: a hostile body may have a million faults. */
const MOST_ERRORS = 20;

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
  /** What was thrown; it goes to the log, never to the caller. */
  readonly cause?: unknown;
}

/** Thrown anywhere in an operation; becomes the answer with its status. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly InputError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    /** What was wrong and how to put it right. */
    readonly detail: string,
    { errors = [], headers = {}, cause }: ProblemOptions = {},
  ) {
    super(detail, { cause });
    this.errors = errors;
    this.headers = headers;
  }

  /** A 400 for faulty input, all faults at once. */
  static badInput(errors: readonly InputError[]): Problem {
    const listed = errors.slice(0, MOST_ERRORS);
    const detail =
      errors.length === 1
        ? `The request has a fault at ${listed[0]?.path ?? ''}: ${listed[0]?.message ?? ''}`
        : `The request has ${errors.length} faults` +
          (errors.length > MOST_ERRORS ? `; the first ${MOST_ERRORS} are listed.` : '.');
    return new Problem(400, detail, { errors: listed });
  }

  /** The `application/problem+json` body. */
  toBody(requestId: string): Record<string, unknown> {
    return {
      // RFC 9457, 4.2.1: the status says all that a program needs, so the type adds nothing to it.
      type: 'about:blank',
      title: TITLES[this.status] ?? 'Error',
      status: this.status,
      detail: this.detail,
      ...(this.errors.length > 0 && { errors: this.errors }),
      requestId,
    };
  }
}

/** A value as an error message shows it: JSON, and never longer than is readable. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
  return typeof value === 'string' && value.length > 80 ? `${text}... (${value.length} characters)` : text;
}
