/** A conformance case: what is sent, what must be seen, and where that is known from. */

/** What the probe function does in place of answering with its event. */
export interface Ask {
  /** The handler's result; nothing at all when it is left out. */
  readonly return?: unknown;
  readonly sleepMs?: number;
  readonly throw?: string;
  readonly exit?: number;
  /** An exception that nobody catches. */
  readonly crash?: string;
  /** A result with so many characters as its body. */
  readonly characters?: number;
}

export interface Request {
  readonly method?: string;
  /** As it stands in the request line, below the API's address. @default /echo */
  readonly path?: string;
  /** In this order, case and number. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

export interface Seen {
  /** Several where the sources do not agree. */
  readonly status?: number | readonly number[];
  /** By lower-case names; null for one that must not be there, an array for one that is repeated. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** The body as JSON, or undefined to leave it unseen. */
  readonly json?: unknown;
  readonly text?: string | RegExp;
  /** The event that the function got has these fields. */
  readonly event?: object;
  /** The event has none of these, not even null: `requestContext.authorizer`. */
  readonly without?: readonly string[];
}

export interface Case {
  readonly title: string;
  /** Where the fact is from: documentation, or something recorded from AWS. */
  readonly source: string;
  readonly request?: Request;
  readonly ask?: Ask;
  readonly seen: Seen;
  /** The API of the fixture that is asked. @default the main one */
  readonly api?: string;
  /** Below the API's host, not below its stage. */
  readonly atRoot?: true;
  /** The requests are many, at once; every status is one of `seen.status`, and each of those is there. */
  readonly times?: number;
  /** The value of an API key, by its plan's name. */
  readonly key?: string;
  /** Why the case cannot be asked of what does not run here. */
  readonly localOnly?: string;
  /** Takes so long that it runs only when CONFORMANCE_SLOW is set. */
  readonly slow?: true;
}

/** Cases about single fields of the event of one request. */
export function fieldsOf(
  request: Request,
  source: string,
  fields: Readonly<Record<string, Pick<Seen, 'event' | 'without'>>>,
): Case[] {
  return Object.entries(fields).map(([title, seen]) => ({ title, source, request, seen: { status: 200, ...seen } }));
}
