/** Makes the statements of the pipeline's roles for the setting `domain`: certificates, DNS records and domain names of APIs. */
import type { Statement } from '../constructs/policy-statement';
import {
  type Actions,
  equals,
  givesTag,
  isTagged,
  type NamedScope,
  type SelectActions,
  selectedActions,
  withService,
} from './pipeline-actions';

export interface DomainScope extends NamedScope {
  /** The setting `domain`. Empty without domain names: the roles then get no statements. */
  readonly domain: string;
  /** Id of the hosted zone that contains the domain. */
  readonly hostedZone: string;
}

const CERTIFICATES: Actions = {
  read: ['DescribeCertificate', 'ListTagsForCertificate'],
  write: ['AddTagsToCertificate', 'DeleteCertificate', 'RemoveTagsFromCertificate'],
};

const DNS: Actions = { read: ['GetHostedZone', 'ListResourceRecordSets'], write: [] };

const DOMAIN_NAMES: Actions = { read: ['GET'], write: ['DELETE', 'PATCH', 'POST', 'PUT'] };

/** API Gateway creates this role with the caller's permissions, together with the first domain name of an account. */
const GATEWAY_SERVICE = 'ops.apigateway.amazonaws.com';
const GATEWAY_ROLE = `role/aws-service-role/${GATEWAY_SERVICE}/AWSServiceRoleForAPIGateway`;

/** Makes the statements of both roles. @param select picks the actions that the role may call */
export function domainStatements(scope: DomainScope, select: SelectActions): Statement[] {
  if (scope.domain === '') return [];
  const { arn, namesStart, hostedZone } = scope;
  return [
    {
      sid: 'Certificates',
      actions: selectedActions('acm', CERTIFICATES, select),
      resources: [arn('acm', 'certificate/*')],
      conditions: isTagged(scope),
    },
    {
      sid: 'ReadDns',
      actions: selectedActions('route53', DNS, select),
      resources: [arn('route53', `hostedzone/${hostedZone}`)],
    },
    {
      // Mappings are below the domain name.
      sid: 'DomainNames',
      actions: selectedActions('apigateway', DOMAIN_NAMES, select),
      resources: [arn('apigateway', `/domainnames/${namesStart}*`)],
    },
  ];
}

/** Makes the further statements of the role `deploy`. */
export function domainCreation(scope: DomainScope): Statement[] {
  if (scope.domain === '') return [];
  const { arn, namesStart, domain, hostedZone, tag } = scope;
  const names = `${namesStart}*.${domain}`;
  return [
    {
      // RequestCertificate supports no narrower resource. ACM checks AddTagsToCertificate too, because the request has tags.
      sid: 'RequestCertificates',
      actions: ['acm:RequestCertificate', 'acm:AddTagsToCertificate'],
      resources: ['*'],
      conditions: { ...givesTag(scope), 'ForAllValues:StringLike': { 'acm:DomainNames': [names] } },
    },
    {
      // Denies the prefix tag on certificates of others, like `KeepPrefixTag` for API keys. For a new certificate, ACM checks the ARN
      // `certificate/*`, which must stay allowed.
      sid: 'KeepCertificateTag',
      effect: 'Deny',
      actions: ['acm:AddTagsToCertificate', 'acm:RemoveTagsFromCertificate'],
      resources: [arn('acm', 'certificate/?????*')],
      conditions: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [tag.key] } },
    },
    {
      // The names of the APIs, and the names of the records that validate their certificates, which begin with `_`.
      sid: 'ChangeDns',
      actions: ['route53:ChangeResourceRecordSets'],
      resources: [arn('route53', `hostedzone/${hostedZone}`)],
      conditions: {
        'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': [names, `_*.${names}`] },
      },
    },
    { sid: 'AwaitDns', actions: ['route53:GetChange'], resources: [arn('route53', 'change/*')] },
    {
      sid: 'CreateDomainNames',
      actions: ['apigateway:POST'],
      resources: [arn('apigateway', '/domainnames')],
      conditions: givesTag(scope),
    },
    {
      sid: 'GatewayRole',
      actions: withService('iam', ['CreateServiceLinkedRole']),
      resources: [arn('iam', GATEWAY_ROLE)],
      conditions: equals('iam:AWSServiceName', GATEWAY_SERVICE),
    },
  ];
}
