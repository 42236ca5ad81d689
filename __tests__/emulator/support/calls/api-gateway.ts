/** Calls of API Gateway. Its actions are HTTP methods. Remembers the tags of resources. */
import type { Call } from '../../../support/iam/call';
import type { AwsRequest } from './request';
import { requestTags, resourceTags, type Tags } from './tags';

/** Actions that API Gateway calls with the caller's permissions when a stage of an HTTP API gets an access log. */
const ACCESS_LOG_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

interface Body {
  readonly tags?: Tags;
  readonly accessLogSettings?: object;
}

export class ApiGatewayCalls {
  /** Tags by path: `/apikeys/abc`. */
  private readonly tags = new Map<string, Tags>();

  of(request: AwsRequest): Call[] {
    const { method, path } = request;
    const body = bodyOf(request);
    const context = { ...requestTags(body.tags ?? {}), ...resourceTags(this.tagsAt(path)) };
    const calls: Call[] = [{ action: `apigateway:${method}`, resource: arnOf(request), context }];
    // A new resource with tags needs permission to tag: the ARN ends with a star in place of the id.
    if (method === 'POST' && body.tags) {
      const resource = tagsArn(request, `${arnOf(request)}/*`);
      calls.push({
        action: isHttp(path) ? 'apigateway:POST' : 'apigateway:PUT',
        resource,
        context: requestTags(body.tags),
      });
    }
    // The Service Authorization Reference has no such action, but AWS refuses stages with tags without it.
    if (method === 'POST' && body.tags && STAGES.test(path))
      calls.push({ action: 'apigateway:TagResource', resource: arnOf(request), context: requestTags(body.tags) });
    if (isHttp(path) && body.accessLogSettings)
      calls.push(...ACCESS_LOG_ACTIONS.map((action) => ({ action, resource: '*' })));
    return calls;
  }

  /** Learns from a request that succeeded. */
  succeeded(request: AwsRequest, answer: Buffer): void {
    const { tags } = bodyOf(request);
    if (request.method !== 'POST' || !tags) return;
    const { id, apiId, domainName } = JSON.parse(answer.toString()) as Readonly<Record<string, string | undefined>>;
    this.tags.set(`${request.path}/${id ?? apiId ?? domainName}`, tags);
  }

  /** Resources of REST APIs inherit the tags of their parents (API Gateway developer guide, "Tag inheritance"). */
  private tagsAt(path: string): Tags {
    const owners = [...this.tags.keys()].filter((owner) => path === owner || path.startsWith(`${owner}/`));
    const inherited = isHttp(path) ? owners.filter((owner) => owner === path) : owners;
    return Object.assign({}, ...inherited.map((owner) => this.tags.get(owner))) as Tags;
  }
}

function bodyOf(request: AwsRequest): Body {
  return ['POST', 'PUT'].includes(request.method) ? request.json : {};
}

/** The collection of the stages of an HTTP API. */
const STAGES = /^\/v2\/apis\/[^/]+\/stages\/?$/;

/** Whether a path belongs to HTTP APIs. */
const isHttp = (path: string) => path.startsWith('/v2/');

/** ARNs of HTTP APIs have no `/v2` ("API Gateway ARN reference"). */
function arnOf(request: AwsRequest): string {
  const [, tagged] = /^(?:\/v2)?\/tags\/(.+)$/.exec(request.path) ?? [];
  if (tagged !== undefined) return tagsArn(request, tagged);
  return `arn:aws:apigateway:${request.region}::${request.path.replace(/^\/v2/, '').replace(/\/$/, '')}`;
}

/** The ARN of the tags of a resource. It contains the resource's ARN, encoded. */
function tagsArn({ region }: AwsRequest, resource: string): string {
  return `arn:aws:apigateway:${region}::/tags/${encodeURIComponent(resource)}`;
}
