/**
 * Lists the files of the AWS SDK that the plugin replaces, and why a function in Lambda does not need each file.
 * The bundle keeps the rest of the SDK: commands, schemas, marshalling, error classes and the retry strategy.
 */

export interface Replacement {
  /** The SDK package that contains the replaced file. */
  readonly package: string;
  /** The path of the replaced file, relative to its package. */
  readonly file: string;
  /**
   * The contents of the replaced file that the replacement supports: SHA-256 in hexadecimal, by a package version that has this content.
   * The plugin replaces no other content. `lean-dynamodb accept` adds a content at the end.
   */
  readonly contents: Readonly<Record<string, string>>;
  /** The file in src/client/ that replaces it. */
  readonly replacementFile: string;
  /** What the replaced file does, and which code the bundle contains only because of it. */
  readonly purpose: string;
  /** Why a function in Lambda does not need the file. */
  readonly reason: string;
  /** Features that do not work with the replacement, and the errors that report them. */
  readonly limitations: string;
}

export const replacements: readonly Replacement[] = [
  {
    package: '@aws-sdk/client-dynamodb',
    file: 'dist-es/DynamoDBClient.js',
    contents: {
      '3.1162.0': 'a334c1efaa553fa118f6ad97557c58fbc207c9bddcdb60656ccc4400edfe7931',
      '3.1169.0': '04cffa0c8f2fd6b7471cb73e40ebf34f74ce7c68e10891901967c893cb8d9fe4',
    },
    replacementFile: 'dynamodb-client.ts',
    purpose:
      'The client with its credential chain (profiles, SSO, STS, processes, containers, instances), the loader of ~/.aws files, ' +
      'endpoint rules and partition tables, HTTP handler, signer, JSON protocol, and the middleware that calls them.',
    reason:
      'Lambda sets region and credentials in the environment, has no ~/.aws files, and one region has one endpoint. ' +
      'A call is one POST request. Bytes, results, errors and retries stay the same.',
    limitations:
      'The constructor refuses FIPS and dual-stack endpoints, adaptive retries, and options of DynamoDBClient other than ' +
      'region, endpoint, credentials, maxAttempts and timeouts. The first call fails if the environment has no credentials. ' +
      'These features are missing without an error: account-based endpoints (calls go to the endpoint of the region); ' +
      'trace ids in a process with concurrent invocations (Lambda Managed Instances); ' +
      'clock correction before the first error; and the timeout of 300 s for a response that stops sending data.',
  },
  {
    package: '@aws-sdk/client-dynamodb',
    file: 'dist-es/commandBuilder.js',
    contents: {
      '3.1162.0': '3dca603983075cf4b1405a148779a0dcd029a4cacba5377b9a8cdf868a344b29',
    },
    replacementFile: 'command-builder.ts',
    purpose: 'The base class of GetItemCommand and the other commands. It builds a middleware stack for each call.',
    reason: 'The lean client needs only the input and the schema of a command.',
    limitations: '`command.middlewareStack` is undefined.',
  },
  {
    package: '@aws-sdk/lib-dynamodb',
    file: 'dist-es/baseCommand/DynamoDBDocumentClientCommand.js',
    contents: {
      '3.1162.0': 'ef6fdca08e79384773356f27bda36d2bf8a0e0458278dba6a4c907d6f3bd37af',
    },
    replacementFile: 'document-command.ts',
    purpose:
      'The base class of GetCommand and the other document commands. It adds middleware for marshalling to each call.',
    reason: "The lean client calls the SDK's marshalling functions directly.",
    limitations: 'None.',
  },
  {
    // Other clients of the SDK share this file. The plugin replaces it only for imports of the DynamoDB packages.
    package: '@smithy/core',
    file: 'dist-es/submodules/client/smithy-client/client.js',
    contents: {
      '3.41.0': 'aba79a9f480b403e683f92b868c4b0a98cef0d0425b91c8b5fac93eca92bc55a',
    },
    replacementFile: 'client.ts',
    purpose:
      'The base class of DynamoDBClient and DynamoDBDocumentClient. Its `send` sorts and resolves the middleware for each call.',
    reason: 'The steps of a call are always the same. src/client/send.ts runs them in the same order.',
    limitations: "Every use of `client.middlewareStack` throws an error. X-Ray's captureAWSv3Client uses it.",
  },
];
