/** The types of sessions: lists of requests with their expected answers. */

/** The outputs of a stack, by their names. */
export type StackOutputs = Readonly<Record<string, unknown>>;

export type Headers = Readonly<Record<string, string>>;

/** The outputs of a deployment, by the names of its stacks. */
export type Outputs = Readonly<Record<string, StackOutputs>>;

/** A request and its expected answer. Texts can contain values that earlier steps saved, in braces: `{id}`. */
export interface Step {
  readonly method: string;
  /** Path below the URL of the API: `/items/a`, `/todos/{id}`. */
  readonly path: string;
  /** Another server that gets the request, without a trailing slash. @default the API */
  readonly server?: string;
  /** Name of the step, when method and path do not identify it. */
  readonly label?: string;
  /** @example { 'if-match': '{etag}' } */
  readonly headers?: Headers;
  /** Whether the request is signed with the AWS credentials of the environment. @default false */
  readonly isSigned?: boolean;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly status: number;
  /**
   * The expected JSON; or a function that returns the fault of an answer, or undefined when there is none. In JSON, the text
   * `{order}` is replaced with the whole saved value. @default any answer
   */
  readonly answer?: unknown;
  /** Headers that the answer must have. Names are in lower case. @default any headers */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /**
   * Saves values of the expected answer for later steps, by name: `body`, a field such as `body.id`, or a header such as
   * `header.etag`. @example { id: 'body.id', etag: 'header.etag' }
   */
  readonly save?: Readonly<Record<string, string>>;
  /** Advice to print when the answer differs. @default no advice */
  readonly hint?: string;
  /** Whether the step removes the session's data. It also runs after a difference. A failure is printed, but does not fail the session. */
  readonly cleanUp?: boolean;
}

/** Makes the steps for a stack with these outputs. */
export type Session = (outputs: StackOutputs) => readonly Step[];

/** The outputs lack a value that the session needs. */
export class SessionError extends Error {}
