/**
 * The files of the AWS SDK that the plugin replaces, and why a function in Lambda can do without each.
 * Everything else of the SDK stays: commands, schemas, marshalling, error classes and the retry strategy.
 */

export interface Replacement {
  /** The SDK's package. */
  readonly package: string;
  /** The replaced file, within its package. */
  readonly file: string;
  /** SHA-256 of the replaced file, in hexadecimal. The replacement is used for this content only. */
  readonly sha256: string;
  /** A version of the package that has this content. `lean-dynamodb changes` compares with it. */
  readonly version: string;
  /** The replacement, in src/client/. */
  readonly by: string;
  /** What the replaced file does, and what only it imports. */
  readonly replaced: string;
  /** Why a function in Lambda does not need it. */
  readonly why: string;
  /** What no longer works, and how that shows. */
  readonly lost: string;
}

export const replacements: readonly Replacement[] = [
  {
    package: '@aws-sdk/client-dynamodb',
    file: 'dist-es/DynamoDBClient.js',
    sha256: 'a334c1efaa553fa118f6ad97557c58fbc207c9bddcdb60656ccc4400edfe7931',
    version: '3.1162.0',
    by: 'dynamodb-client.ts',
    replaced:
      'The client with its credential chain (profiles, SSO, STS, processes, containers, instances), the loader of ~/.aws files, ' +
      'endpoint rules and partition tables, HTTP handler, signer, JSON protocol, and the middleware that calls them.',
    why:
      'Lambda sets region and credentials in the environment, has no ~/.aws files, and one region has one endpoint. ' +
      'A call is one POST request. Bytes, results, errors and retries stay the same.',
    lost:
      'Refused when the function starts: FIPS and dual-stack endpoints, adaptive retries, and options of DynamoDBClient other than ' +
      'region, endpoint, credentials, maxAttempts and timeouts. Refused at the first call: missing credentials in the environment. ' +
      'Gone without a message: endpoints by account id (the endpoint of the region serves them), trace ids where a process serves ' +
      'several invocations concurrently (Lambda Managed Instances), sampling of the server clock (it is corrected after an error), ' +
      'and the limit of 300 s for a silent response.',
  },
  {
    package: '@aws-sdk/client-dynamodb',
    file: 'dist-es/commandBuilder.js',
    sha256: '3dca603983075cf4b1405a148779a0dcd029a4cacba5377b9a8cdf868a344b29',
    version: '3.1162.0',
    by: 'command-builder.ts',
    replaced: 'The base of GetItemCommand and the others. It builds a middleware stack for each call.',
    why: 'The stack stays empty. A command is its input and its schema.',
    lost: '`command.middlewareStack` is undefined.',
  },
  {
    package: '@aws-sdk/lib-dynamodb',
    file: 'dist-es/baseCommand/DynamoDBDocumentClientCommand.js',
    sha256: 'ef6fdca08e79384773356f27bda36d2bf8a0e0458278dba6a4c907d6f3bd37af',
    version: '3.1162.0',
    by: 'document-command.ts',
    replaced: 'The base of GetCommand and the others. It adds two pieces of middleware to each call, for marshalling.',
    why: "The client calls the SDK's own marshalling functions.",
    lost: 'Nothing.',
  },
  {
    // Other clients of the SDK share this file. Only the DynamoDB packages get the replacement.
    package: '@smithy/core',
    file: 'dist-es/submodules/client/smithy-client/client.js',
    sha256: 'aba79a9f480b403e683f92b868c4b0a98cef0d0425b91c8b5fac93eca92bc55a',
    version: '3.41.0',
    by: 'client.ts',
    replaced:
      'The base of DynamoDBClient and DynamoDBDocumentClient. Its `send` sorts and resolves the middleware for each call.',
    why: 'The steps are always the same. src/client/send.ts has them in their order.',
    lost: "Using `client.middlewareStack` throws an error. X-Ray's captureAWSv3Client needs it.",
  },
];
