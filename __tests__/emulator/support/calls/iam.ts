/** Calls of IAM. Remembers the boundary of each role: IAM knows it when a request names the role. */
import type { Call } from '../../../support/iam/call';
import { ACCOUNT, type AwsRequest } from './request';
import { requestTags, tagsOfForm } from './tags';

/** Parameters that name the resource of a request, with the start of its ARN. The first that is present counts. */
const RESOURCES: readonly (readonly [parameter: string, start: string])[] = [
  ['RoleName', `arn:aws:iam::${ACCOUNT}:role/`],
  ['UserName', `arn:aws:iam::${ACCOUNT}:user/`],
  ['PolicyArn', ''],
  ['OpenIDConnectProviderArn', ''],
  ['PolicyName', `arn:aws:iam::${ACCOUNT}:policy/`],
];

/** Actions with the condition key `iam:PermissionsBoundary` (Service Authorization Reference, IAM). */
const HAS_BOUNDARY = /^(CreateRole|(Put|Delete|Attach|Detach)RolePolicy|(Put|Delete)RolePermissionsBoundary)$/;

export class IamCalls {
  private readonly boundaries = new Map<string, string>();

  of(request: AwsRequest): Call[] {
    const { form } = request;
    const [action, role] = [form.get('Action') ?? '', form.get('RoleName') ?? ''];
    const [parameter, start] = RESOURCES.find(([name]) => form.has(name)) ?? [];
    const resource = parameter === undefined ? '*' : `${start}${form.get(parameter)}`;
    const boundary = form.get('PermissionsBoundary') ?? this.boundaries.get(role);
    const tags = requestTags(tagsOfForm(form));
    const context = {
      ...tags,
      ...(HAS_BOUNDARY.test(action) && boundary !== undefined && { 'iam:PermissionsBoundary': boundary }),
      ...(/^(Attach|Detach)RolePolicy$/.test(action) && { 'iam:PolicyARN': form.get('PolicyArn') ?? '' }),
    };
    const calls: Call[] = [{ action: `iam:${action}`, resource, context }];
    // CreateRole with tags needs TagRole too.
    if (action === 'CreateRole' && 'aws:TagKeys' in tags)
      calls.push({ action: 'iam:TagRole', resource, context: tags });
    return calls;
  }

  /** Learns from a request that succeeded. */
  succeeded({ form }: AwsRequest): void {
    const [action, role] = [form.get('Action') ?? '', form.get('RoleName') ?? ''];
    const boundary = form.get('PermissionsBoundary');
    if (boundary !== null) this.boundaries.set(role, boundary);
    else if (['DeleteRole', 'DeleteRolePermissionsBoundary'].includes(action)) this.boundaries.delete(role);
  }
}
