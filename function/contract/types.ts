/** TypeScript types that follow from a contract: its items, and the requests and answers of its handlers. */
import type { AnswerHeaders } from '../http/serve';
import type { Api, HandlerRoute, OperationName } from './api';
import type { Infer } from './schema';

type ManagedValue<M> = M extends 'version' | 'counter' ? number : string;

/** An item as it is stored and answered. */
export type ItemOf<A extends Api> = Infer<A['item']> &
  (A['managed'] extends object ? { readonly [K in keyof A['managed']]: ManagedValue<A['managed'][K]> } : unknown);

/** An item as callers send it. */
export type NewItemOf<A extends Api> = Infer<A['item'], 'sent'>;

/** The key of an item. */
export type KeyOf<A extends Api> = Pick<ItemOf<A>, KeyNames<A['key']> & keyof ItemOf<A>>;

type KeyNames<K> = K extends readonly (infer N)[] ? N : K;

/** The fields that an update of a handler may set. The server sets the version and the time of the write. */
export type SettableOf<A extends Api> = Omit<ItemOf<A>, KeyNames<A['key']> | ManagedNames<A, 'version' | 'updatedAt'>>;

/** The fields that an update of a handler may remove: those that callers may leave out and that have no default. */
export type RemovableOf<A extends Api> = Exclude<OptionalNames<Infer<A['item']>>, KeyNames<A['key']>>;

/** The fields that an update of a handler may add to. */
export type AddableOf<A extends Api> = {
  [K in keyof SettableOf<A>]-?: IsNumber<Exclude<SettableOf<A>[K], undefined>> extends true ? K : never;
}[keyof SettableOf<A>];

type OptionalNames<T> = { [K in keyof T & string]-?: object extends Pick<T, K> ? K : never }[keyof T & string];

/** Whether any number fits: neither constants nor allowed values, nor null. */
type IsNumber<T> = [T] extends [number] ? (number extends T ? true : false) : false;

type ManagedNames<A extends Api, M> = {
  [K in keyof A['managed']]: A['managed'][K] extends M ? K : never;
}[keyof A['managed']];

/** Names of the parameters of a path: `id` of `/todos/{id}`. */
export type PathParameters<P> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PathParameters<Rest> : never;

/** A path parameter that is a field of the item has the type of that field. A path always has it, also an optional field. */
type PathOf<A extends Api, P> = {
  readonly [N in PathParameters<P>]: N extends keyof ItemOf<A> ? Exclude<ItemOf<A>[N], undefined> : string;
};

type ClaimNames<A extends Api> = {
  [K in keyof A['managed']]: A['managed'][K] extends { readonly claim: infer C extends string } ? C : never;
}[keyof A['managed']];

/** How a route checks its callers: by its own `auth`, or by the contract's default. */
type AuthOf<A extends Api, R> = R extends { readonly auth: infer Own }
  ? Own
  : A extends { readonly auth: { readonly default: infer Default } }
    ? Default
    : 'none';

type AnyClaims = Readonly<Partial<Record<string, string>>>;

/** Claims of the caller's token. Those that managed fields name are always present where a route checks tokens. */
type ClaimsOf<A extends Api, R> =
  AuthOf<A, R> extends 'none' | 'apiKey' | 'iam' ? AnyClaims : AnyClaims & Readonly<Record<ClaimNames<A>, string>>;

/** A checked request, as a handler gets it. */
export interface HandlerRequest<A extends Api, K, R> {
  /** Path parameters, decoded and checked. */
  readonly path: PathOf<A, K>;
  /** Query parameters, checked against the route's `query` and with defaults filled in. */
  readonly query: R extends { readonly query: infer Q }
    ? Infer<{ readonly type: 'object'; readonly properties: Q }>
    : Readonly<Record<string, never>>;
  /** The body, checked and with defaults filled in; text where the route's `body` is `raw`. */
  readonly body: R extends { readonly body: infer B } ? (B extends 'raw' ? string : Infer<B>) : undefined;
  /** Request headers; their names are in lower case. */
  readonly headers: Readonly<Partial<Record<string, string>>>;
  readonly claims: ClaimsOf<A, R>;
  /** The gateway's id of the request. */
  readonly requestId: string;
}

/** The answer of a handler: a status that the route declares, and the body that it declares for that status. */
export type HandlerAnswer<R> = R extends { readonly responses: infer S }
  ? {
      [Status in keyof S]: {
        readonly status: Status;
        readonly headers?: AnswerHeaders;
      } & AnswerBody<Status, S[Status]>;
    }[keyof S]
  : never;

type AnswerBody<Status, R> = R extends { readonly body: infer B }
  ? { readonly body: Infer<B> }
  : Status extends 204 | 205 | 304
    ? { readonly body?: undefined }
    : { readonly body?: unknown };

/** The function of a handler route. It may be synchronous. */
export type Handler<A extends Api, K, R, Table> = (
  request: HandlerRequest<A, K, R>,
  table: Table,
) => HandlerAnswer<R> | Promise<HandlerAnswer<R>>;

type RoutesOf<A extends Api> = A['routes'];

/** The names of all handlers of a contract. */
export type HandlerNames<A extends Api> = {
  [K in keyof RoutesOf<A>]: RoutesOf<A>[K] extends { readonly handler: infer H extends string } ? H : never;
}[keyof RoutesOf<A>];

/** The route of a handler, with its key. */
export type HandledRoute<A extends Api, H> = {
  [K in keyof RoutesOf<A>]: RoutesOf<A>[K] extends { readonly handler: H } & HandlerRoute
    ? { readonly key: K; readonly route: RoutesOf<A>[K] }
    : never;
}[keyof RoutesOf<A>];

/** The names of all operations of a contract. */
export type OperationNames<A extends Api> = {
  [K in keyof RoutesOf<A>]: RoutesOf<A>[K] extends { readonly operation: infer O extends OperationName } ? O : never;
}[keyof RoutesOf<A>];
