/** A conformance case: a request, the expected response, and the source of the expectation. */

/** An order to the probe function. Without an order, it returns its event. */
export interface ProbeOrder {
  /** The handler's result. @default undefined */
  readonly return?: unknown;
  readonly sleepMs?: number;
  readonly throw?: string;
  readonly exit?: number;
  /** Message of an uncaught exception. */
  readonly crash?: string;
  /** The length of the result's body. */
  readonly characters?: number;
}

export interface Request {
  readonly method?: string;
  /** URL-encoded, below the API's URL. @default /echo */
  readonly path?: string;
  /** Sent in this order and case, including repeated headers. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** A token in the header Authorization, signed by the issuer of the local run. The case is not sent to another target. */
export interface Token {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** In seconds. @default 60 */
  readonly lifetime?: number;
  /** Whether the header lacks the prefix `Bearer `. */
  readonly bare?: true;
  /** `none`: unsigned. `wrong`: signed with another key. `stale`: the signature of other claims. @default right */
  readonly signature?: 'none' | 'wrong' | 'stale';
}

export interface Expected {
  /** A list if the sources disagree, or if concurrent requests get different statuses. */
  readonly status?: number | readonly number[];
  /** By lower-case name. Null: the header must be absent. An array: the header is repeated. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** The body as JSON. @default not checked */
  readonly json?: unknown;
  readonly text?: string | RegExp;
  /** Fields that the function's event must have. */
  readonly event?: object;
  /** Fields that the event must not have, even as null: `requestContext.authorizer`. */
  readonly without?: readonly string[];
}

export interface Case {
  readonly title: string;
  /** The page of AWS's documentation, or the recording from AWS, that states the fact. */
  readonly source: string;
  readonly request?: Request;
  readonly probe?: ProbeOrder;
  readonly expected: Expected;
  /** The fixture's API that gets the request. @default the main API */
  readonly api?: string;
  /** Whether `path` is below the API's host, not below its stage. */
  readonly atRoot?: true;
  /** Number of concurrent requests. The statuses of the responses must be exactly `expected.status`. */
  readonly times?: number;
  /** The usage plan whose API key the request has. */
  readonly key?: string;
  readonly token?: Token;
  /** Why the case runs against the local run only. */
  readonly localOnly?: string;
  /** The case takes half a minute. It runs only when CONFORMANCE_SLOW is set. */
  readonly slow?: true;
}

/** Creates one case for each group of fields. All cases send the same request. */
export function fieldsOf(
  request: Request,
  source: string,
  groups: Readonly<Record<string, Pick<Expected, 'event' | 'without'>>>,
): Case[] {
  return Object.entries(groups).map(([title, fields]) => ({
    title,
    source,
    request,
    expected: { status: 200, ...fields },
  }));
}
