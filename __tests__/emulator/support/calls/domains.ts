/** Calls of Certificate Manager and Route 53. */
import type { Call } from '../../../support/iam/call';
import type { AwsRequest } from './request';
import { requestTags, resourceTags, tagsOfList, type Tags } from './tags';

interface CertificateParameters {
  readonly CertificateArn?: string;
  readonly DomainName?: string;
  readonly ValidationMethod?: string;
  readonly Tags?: unknown;
}

/** Remembers the tags of certificates. */
export class CertificateCalls {
  /** Tags by ARN. */
  private readonly tags = new Map<string, Tags>();

  /** RequestCertificate with tags needs AddTagsToCertificate too. */
  of(request: AwsRequest): Call[] {
    const { CertificateArn = '*', DomainName, ValidationMethod, Tags: list } = request.json as CertificateParameters;
    const tags = requestTags(tagsOfList(list));
    const context = {
      ...tags,
      ...resourceTags(this.tags.get(CertificateArn) ?? {}),
      ...(DomainName !== undefined && { 'acm:DomainNames': [DomainName] }),
      ...(ValidationMethod !== undefined && { 'acm:ValidationMethod': ValidationMethod }),
    };
    const calls: Call[] = [{ action: `acm:${request.operation}`, resource: CertificateArn, context }];
    if (request.operation === 'RequestCertificate' && list)
      calls.push({ action: 'acm:AddTagsToCertificate', resource: request.arn('acm', 'certificate/*'), context: tags });
    return calls;
  }

  /** Learns from a request that succeeded. */
  succeeded(request: AwsRequest, answer: Buffer): void {
    if (request.operation !== 'RequestCertificate') return;
    const { CertificateArn } = JSON.parse(answer.toString()) as { readonly CertificateArn: string };
    this.tags.set(CertificateArn, tagsOfList((request.json as CertificateParameters).Tags));
  }
}

/** The actions that Terraform calls, by method and path after the version (Route 53 API reference). */
const ACTIONS: readonly (readonly [method: string, path: RegExp, action: string])[] = [
  ['GET', /^(change\/[^/]+)$/, 'GetChange'],
  ['GET', /^(hostedzone\/[^/]+)$/, 'GetHostedZone'],
  ['GET', /^(hostedzone\/[^/]+)\/rrset$/, 'ListResourceRecordSets'],
  ['POST', /^(hostedzone\/[^/]+)\/rrset$/, 'ChangeResourceRecordSets'],
];

export function route53Calls({ method, path, text }: AwsRequest): Call[] {
  const rest = path.replace(/^\/[\d-]+\//, '').replace(/\/$/, '');
  for (const [verb, pattern, action] of ACTIONS) {
    const [, resource] = verb === method ? (pattern.exec(rest) ?? []) : [];
    if (resource === undefined) continue;
    const context = action === 'ChangeResourceRecordSets' ? recordKeys(text) : {};
    return [{ action: `route53:${action}`, resource: `arn:aws:route53:::${resource}`, context }];
  }
  return [];
}

/** The condition keys of changed records. Names are in lower case, without the dot at their end. */
function recordKeys(xml: string): NonNullable<Call['context']> {
  const valuesOf = (tag: string) => [
    ...new Set([...xml.matchAll(new RegExp(`<${tag}>([^<]+)</${tag}>`, 'g'))].map(([, value = '']) => value)),
  ];
  return {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': valuesOf('Name').map((name) =>
      name.toLowerCase().replace(/\.$/, ''),
    ),
    'route53:ChangeResourceRecordSetsRecordTypes': valuesOf('Type'),
    'route53:ChangeResourceRecordSetsActions': valuesOf('Action'),
  };
}
