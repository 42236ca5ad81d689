/** Derives TypeScript types from a contract: its items, and the requests and answers of its handlers. */
import type { AnswerHeaders } from '../http/serve';
import type { Api, HandlerRoute, OperationName } from './api';
import type { Infer } from './schema';

type ManagedValue<M> = M extends 'version' | 'counter' ? number : string;

/** An item in the table and in answers: with defaults and managed fields. */
export type ItemOf<A extends Api> = Infer<A['item']> &
  (A['managed'] extends object ? { readonly [K in keyof A['managed']]: ManagedValue<A['managed'][K]> } : unknown);

/** An item as callers send it. */
export type NewItemOf<A extends Api> = Infer<A['item'], 'sent'>;

/** The key of an item. */
export type KeyOf<A extends Api> = Pick<ItemOf<A>, KeyNames<A['key']> & keyof ItemOf<A>>;

type KeyNames<K> = K extends readonly (infer N)[] ? N : K;

/** The fields that a handler's `update` may set. The server sets the version and the time of the last write. */
export type SettableOf<A extends Api> = Omit<ItemOf<A>, KeyNames<A['key']> | ManagedNames<A, 'version' | 'updatedAt'>>;

/** The fields that a handler's `update` may remove: optional fields without a default. */
export type RemovableOf<A extends Api> = Exclude<OptionalNames<Infer<A['item']>>, KeyNames<A['key']>>;

/** The fields to which a handler's `update` may add a number. */
export type AddableOf<A extends Api> = {
  [K in keyof SettableOf<A>]-?: IsNumber<Exclude<SettableOf<A>[K], undefined>> extends true ? K : never;
}[keyof SettableOf<A>];

type OptionalNames<T> = { [K in keyof T & string]-?: object extends Pick<T, K> ? K : never }[keyof T & string];

/** Whether the type accepts every number and nothing else. */
type IsNumber<T> = [T] extends [number] ? (number extends T ? true : false) : false;

type ManagedNames<A extends Api, M> = {
  [K in keyof A['managed']]: A['managed'][K] extends M ? K : never;
}[keyof A['managed']];

/** Names of the parameters of a path: `id` of `/todos/{id}`. */
export type PathParameters<P> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PathParameters<Rest> : never;

/**
 * Path parameters. A parameter with the name of a field has the field's type.
 * It is always present, even if the field is optional.
 */
type PathOf<A extends Api, P> = {
  readonly [N in PathParameters<P>]: N extends keyof ItemOf<A> ? Exclude<ItemOf<A>[N], undefined> : string;
};

type ClaimNames<A extends Api> = {
  [K in keyof A['managed']]: A['managed'][K] extends { readonly claim: infer C extends string } ? C : never;
}[keyof A['managed']];

/** The route's `auth`, or the contract's default. */
type AuthOf<A extends Api, R> = R extends { readonly auth: infer RouteAuth }
  ? RouteAuth
  : A extends { readonly auth: { readonly default: infer Default } }
    ? Default
    : 'none';

type AnyClaims = Readonly<Partial<Record<string, string>>>;

/** Claims of the caller's token. If the route checks tokens, the claims that managed fields name are always present. */
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
  /** The body, checked and with defaults filled in. With `body: 'raw'`: unchecked text. */
  readonly body: R extends { readonly body: infer B } ? (B extends 'raw' ? string : Infer<B>) : undefined;
  /** Request headers; their names are in lower case. */
  readonly headers: Readonly<Partial<Record<string, string>>>;
  readonly claims: ClaimsOf<A, R>;
  /** API Gateway's id of the request. */
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
