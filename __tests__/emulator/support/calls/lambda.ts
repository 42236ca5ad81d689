/** Calls of Lambda's REST API. */
import type { Call } from '../../../support/iam/call';
import type { AwsRequest } from './request';
import { requestTags, type Tags } from './tags';

/** The actions that Terraform calls, by method and path (Lambda API reference). */
const ACTIONS: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['POST', /^\/2015-03-31\/functions\/?$/, 'CreateFunction'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+$/, 'GetFunction'],
  ['DELETE', /^\/2015-03-31\/functions\/[^/]+$/, 'DeleteFunction'],
  ['PUT', /^\/2015-03-31\/functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  ['PUT', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/versions$/, 'PublishVersion'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/aliases$/, 'CreateAlias'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/aliases\/[^/]+$/, 'GetAlias'],
  ['PUT', /^\/2015-03-31\/functions\/[^/]+\/aliases\/[^/]+$/, 'UpdateAlias'],
  ['DELETE', /^\/2015-03-31\/functions\/[^/]+\/aliases\/[^/]+$/, 'DeleteAlias'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'AddPermission'],
  ['DELETE', /^\/2015-03-31\/functions\/[^/]+\/policy\/[^/]+$/, 'RemovePermission'],
  ['GET', /^\/2020-06-30\/functions\/[^/]+\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['PUT', /^\/2017-10-31\/functions\/[^/]+\/concurrency$/, 'PutFunctionConcurrency'],
  ['DELETE', /^\/2017-10-31\/functions\/[^/]+\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['GET', /^\/2017-03-31\/tags\//, 'ListTags'],
  ['POST', /^\/2017-03-31\/tags\//, 'TagResource'],
  ['DELETE', /^\/2017-03-31\/tags\//, 'UntagResource'],
];

interface Body {
  readonly FunctionName?: string;
  readonly Role?: string;
  readonly Principal?: string;
  readonly Tags?: Tags;
}

/** CreateFunction with tags needs TagResource too, and a request that names a role needs `iam:PassRole`. */
export function lambdaCalls(request: AwsRequest): Call[] {
  const { method, path } = request;
  const [, , known] = ACTIONS.find(([verb, pattern]) => verb === method && pattern.test(path)) ?? [];
  if (known === undefined) return [{ action: `lambda:${method}${path.replace(/\W+/g, '_')}`, resource: '*' }];
  const body = ['POST', 'PUT'].includes(method) ? (request.json as Body) : {};
  const [, tagged] = /^\/2017-03-31\/tags\/(.+)$/.exec(path) ?? [];
  const name = body.FunctionName ?? path.split('/')[3] ?? '';
  // A request can name a function by its ARN.
  const resource = tagged ?? (name.startsWith('arn:') ? name : request.arn('lambda', `function:${name}`));
  const tags = requestTags(body.Tags ?? {});
  const calls: Call[] = [
    {
      action: `lambda:${known}`,
      resource,
      context: { ...tags, ...(body.Principal && { 'lambda:Principal': body.Principal }) },
    },
  ];
  if (known === 'CreateFunction' && body.Tags) calls.push({ action: 'lambda:TagResource', resource, context: tags });
  if (body.Role !== undefined) {
    const context = { 'iam:PassedToService': 'lambda.amazonaws.com', 'iam:AssociatedResourceArn': resource };
    calls.push({ action: 'iam:PassRole', resource: body.Role, context });
  }
  return calls;
}
