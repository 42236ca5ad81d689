/** Errors for callers, as problem details (RFC 9457). */

/** One fault of the input: its place, and how to correct it. */
export interface InputError {
  /** Name of the wrong field, path parameter or query parameter; `body` for the whole body. */
  readonly path: string;
  readonly message: string;
}

/** Names in a request can have any length; an answer contains only their first characters. */
const MAX_NAME_CHARACTERS = 80;

/** An answer lists only this many faults, because a hostile body may have a million. */
export const MAX_LISTED_ERRORS = 20;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

interface ProblemOptions {
  readonly errors?: readonly InputError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The error that caused the problem. The log gets it; the caller never does. */
  readonly cause?: unknown;
}

/** Cuts the name of a field or parameter in the request, for `InputError.path`. */
export function cutName(name: string): string {
  return name.slice(0, MAX_NAME_CHARACTERS);
}

/** An error for the caller. When an operation throws it, the function answers with its status and detail. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: readonly InputError[];
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail the fault, and how to correct it */
  constructor(
    readonly status: number,
    readonly detail: string,
    { errors = [], headers = {}, cause }: ProblemOptions = {},
  ) {
    super(detail, { cause });
    this.errors = errors;
    this.headers = headers;
  }

  /**
   * A 400 that names all faults of the input together.
   * @param count number of all faults, when `errors` has only the first ones @default the number of `errors`
   */
  static badInput(errors: readonly InputError[], count = errors.length): Problem {
    const listed = errors.slice(0, MAX_LISTED_ERRORS);
    const detail =
      count === 1
        ? `The request has a fault at ${listed[0]?.path ?? ''}: ${listed[0]?.message ?? ''}`
        : `The request has ${count} faults` +
          (count > MAX_LISTED_ERRORS ? `; the first ${MAX_LISTED_ERRORS} are listed.` : '.');
    return new Problem(400, detail, { errors: listed });
  }

  /** Makes the body of the answer, whose type is `application/problem+json`. */
  toBody(requestId: string): Record<string, unknown> {
    return {
      // RFC 9457, 4.2.1: `about:blank` means that the status alone says what the problem is.
      type: 'about:blank',
      title: TITLES[this.status] ?? 'Error',
      status: this.status,
      detail: this.detail,
      ...(this.errors.length > 0 && { errors: this.errors }),
      requestId,
    };
  }
}
