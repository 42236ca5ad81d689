/**
 * The whole list of what a build replaces inside the AWS SDK (setting `sdk: "fast"`). The function's
 * sources import the real packages, and get the real commands, schemas, marshalling, error classes
 * and retry strategy; `sdk: "stock"` leaves everything as it is. Why, and with what figures:
 * docs/decisions/0006-a-lean-dynamodb-client.md.
 *
 * After an update of the SDK the build refuses until each entry has been looked at: compare the new
 * file with the old one, and run `npx jest __tests__/constructs/sdk`, which sends the same requests
 * through both clients and compares bytes, results and errors; then update version and hash.
 */

export interface Replacement {
  /** The file, from node_modules on. */
  readonly file: string;
  /** The version of its package for which the replacement was written. */
  readonly version: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** What stands in its place, in the folder lean/. */
  readonly by: string;
  /** What the file, and all that only it imports, is there for. */
  readonly replaced: string;
  /** Why a function in Lambda can do without. */
  readonly why: string;
  /** What does not work any more, and how that shows. */
  readonly lost: string;
}

export const replacements: readonly Replacement[] = [
  {
    file: '@aws-sdk/client-dynamodb/dist-es/DynamoDBClient.js',
    version: '3.1162.0',
    sha256: 'a334c1efaa553fa118f6ad97557c58fbc207c9bddcdb60656ccc4400edfe7931',
    by: 'dynamodb-client.ts',
    replaced:
      'The client, and with it: the credential chain (profiles, SSO, STS, processes, containers, instances), the loader of ' +
      '~/.aws files, endpoint rules and partition tables, HTTP handler, signer, JSON protocol and the middleware that calls them.',
    why:
      'Lambda gives region and credentials in its environment, has no files in ~/.aws, and one region means one endpoint. ' +
      'A call is one POST with the same headers: signing, HTTP and JSON for it are short, and bytes, results, errors and retries the same.',
    lost:
      'Refused when the function starts, with sdk: "stock" as the way out: FIPS and dual-stack endpoints, adaptive retries, options ' +
      'of DynamoDBClient beyond region, endpoint, credentials, maxAttempts and timeouts. Refused at the first call: no credentials in the environment. ' +
      'Gone: endpoints by account id (AWS_ACCOUNT_ID, tables named by ARN; the endpoint of the region serves them), ' +
      'trace ids where a process serves several invocations at once (Lambda Managed Instances), ' +
      'sampling of the server clock (it is corrected after an error), the time limit of 300 s for a silent response.',
  },
  {
    file: '@aws-sdk/client-dynamodb/dist-es/commandBuilder.js',
    version: '3.1162.0',
    sha256: '3dca603983075cf4b1405a148779a0dcd029a4cacba5377b9a8cdf868a344b29',
    by: 'command-builder.ts',
    replaced: 'What GetItemCommand and the others extend: a middleware stack for every command, made with each call.',
    why: 'Nothing is added to it: a command is its input and its schema.',
    lost: 'command.middlewareStack, which is undefined.',
  },
  {
    file: '@smithy/core/dist-es/submodules/client/smithy-client/client.js',
    version: '3.41.0',
    sha256: 'aba79a9f480b403e683f92b868c4b0a98cef0d0425b91c8b5fac93eca92bc55a',
    by: 'client.ts',
    replaced:
      'What DynamoDBClient and DynamoDBDocumentClient extend: send, which sorts and resolves the middleware anew for each call.',
    why: 'The steps are always the same, and stand in lean/send.ts in their order.',
    lost: 'client.middlewareStack: using it throws, with sdk: "stock" as the way out. X-Ray\'s captureAWSv3Client needs it.',
  },
  {
    file: '@aws-sdk/lib-dynamodb/dist-es/baseCommand/DynamoDBDocumentClientCommand.js',
    version: '3.1162.0',
    sha256: 'ef6fdca08e79384773356f27bda36d2bf8a0e0458278dba6a4c907d6f3bd37af',
    by: 'document-command.ts',
    replaced:
      'What GetCommand and the others extend: two pieces of middleware, added with each call, that marshall and unmarshall.',
    why: "The client calls the SDK's own functions for both.",
    lost: 'Nothing.',
  },
  {
    file: '@smithy/core/dist-es/submodules/event-streams/index.js',
    version: '3.41.0',
    sha256: '261c2b96dec39e36f39a15e0ba77b854bece91ded16073c53f8a242998c3821c',
    by: 'event-streams.ts',
    replaced:
      'Event streams, which a protocol that is not used loads on demand; for that, esbuild wraps every module that they import.',
    why: 'No operation of DynamoDB has an event stream.',
    lost: 'Nothing.',
  },
];
