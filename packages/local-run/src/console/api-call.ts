/** What the calls of the console's JSON API work with: the served stacks, the history of requests, DynamoDB and the issuer. */
import type { IncomingMessage } from 'node:http';
import type { Deployment } from '../model/deployment';
import type { LocalIssuer } from '../services/tokens/local-issuer';
import type { ExampleTokens } from './example-tokens';
import type { History } from './history';

/** The data that the console shows, and the APIs that it sends requests to. */
export interface ConsoleSource {
  readonly site: {
    /** The stacks that are served now. */
    readonly deployments: readonly Deployment[];
    /** @returns the URL that an API listens on; undefined when the stack has no API at this Terraform address */
    urlOf(stack: string, apiAddress: string): string | undefined;
  };
  readonly history: History;
  /** The endpoint of DynamoDB itself, not of the guard that checks IAM. */
  readonly dynamodbEndpoint: string;
  /** Issues tokens that the APIs accept. @default an issuer with new keys of its own */
  readonly issuer?: LocalIssuer;
  /** How long an API may take to answer a request of the page. @default 60 seconds */
  readonly sendTimeoutMs?: number;
}

/** A source whose issuer is set, with example tokens of this issuer. */
export interface ApiSource extends ConsoleSource {
  readonly issuer: LocalIssuer;
  readonly exampleTokens: ExampleTokens;
}

/** A call whose route has matched. */
export interface ApiCall {
  readonly source: ApiSource;
  readonly request: IncomingMessage;
  /** The decoded value of the path pattern's group; empty for a pattern without a group. */
  readonly parameter: string;
  readonly query: URLSearchParams;
}
