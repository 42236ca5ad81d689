/** Names the IAM action of a request to AWS. */
import type { IncomingMessage } from 'node:http';

/** The actions of Lambda's REST API that Terraform calls, by method and path (Lambda API reference). */
const LAMBDA: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['POST', /^\/2015-03-31\/functions\/?$/, 'CreateFunction'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+$/, 'GetFunction'],
  ['DELETE', /^\/2015-03-31\/functions\/[^/]+$/, 'DeleteFunction'],
  ['PUT', /^\/2015-03-31\/functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  ['PUT', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'AddPermission'],
  ['DELETE', /^\/2015-03-31\/functions\/[^/]+\/policy\/[^/]+$/, 'RemovePermission'],
  ['GET', /^\/2020-06-30\/functions\/[^/]+\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['GET', /^\/2017-03-31\/tags\//, 'ListTags'],
  ['POST', /^\/2017-03-31\/tags\//, 'TagResource'],
  ['DELETE', /^\/2017-03-31\/tags\//, 'UntagResource'],
];

/**
 * Names the action of a request.
 * @returns for example `dynamodb:CreateTable` or `apigateway:POST`; for an unknown request, the service with method and path
 */
export function actionOf({ method = '', url = '/', headers }: IncomingMessage, body: Buffer): string {
  const [, service = 'unsigned'] =
    /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const path = decodeURIComponent(pathname);
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return `${service}:${target.split('.').at(-1)}`;
  if (service === 'apigateway') return `apigateway:${method}`;
  if (service === 's3') return `s3:${s3Action(method, path, searchParams)}`;
  if (service === 'lambda') {
    const known = LAMBDA.find(([verb, pattern]) => verb === method && pattern.test(path));
    return `lambda:${known ? known[2] : `${method} ${path}`}`;
  }
  return `${service}:${new URLSearchParams(body.toString()).get('Action') ?? `${method} ${path}`}`;
}

function s3Action(method: string, path: string, query: URLSearchParams): string {
  if (query.has('list-type') || path.split('/').filter(Boolean).length < 2) return 'ListBucket';
  const actions: Readonly<Record<string, string>> = { PUT: 'PutObject', DELETE: 'DeleteObject' };
  return actions[method] ?? 'GetObject';
}
