/** Calls that would reach beyond the prefix with the permissions of features. IAM must deny each call. */
import type { Call } from './call';
import { ACCOUNT, REGION } from './terraform-policies';

export type Step = readonly [name: string, action: string, resource: string, context?: Call['context']];

/** The settings of the features whose permissions the steps try. */
export const FEATURES = {
  domain: 'api.example.com',
  hostedZone: 'Z0123456789ABCDEFGHIJ',
  alarmEmail: 'ops@example.com',
};

const ZONE = `arn:aws:route53:::hostedzone/${FEATURES.hostedZone}`;
const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/1234abcd-12ab-34cd-56ef-1234567890ab`;
const TAG = { 'aws:RequestTag/namePrefix': 'acme', 'aws:TagKeys': 'namePrefix' };
const OF_OTHER = { 'aws:ResourceTag/namePrefix': 'other' };

const records = (...names: string[]) => ({ 'route53:ChangeResourceRecordSetsNormalizedRecordNames': names });
const domainName = (name: string) => `arn:aws:apigateway:${REGION}::/domainnames/${name}`;
const serviceRole = (service: string, name: string) =>
  `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${service}.amazonaws.com/${name}`;

/** Steps with the permissions of the setting `domain`. */
export const DOMAIN_STEPS: readonly Step[] = [
  [
    'changes a record outside of the zone',
    'route53:ChangeResourceRecordSets',
    'arn:aws:route53:::hostedzone/Z9',
    records('acme-orders.api.example.com'),
  ],
  ['changes a record of the domain itself', 'route53:ChangeResourceRecordSets', ZONE, records('api.example.com')],
  ['changes a record of another prefix', 'route53:ChangeResourceRecordSets', ZONE, records('other.api.example.com')],
  [
    'changes a record of another prefix together with its own',
    'route53:ChangeResourceRecordSets',
    ZONE,
    records('acme-orders.api.example.com', 'www.api.example.com'),
  ],
  [
    'validates a certificate of another domain',
    'route53:ChangeResourceRecordSets',
    ZONE,
    records('_a1b2.www.api.example.com'),
  ],
  ['deletes the zone', 'route53:DeleteHostedZone', ZONE],
  [
    'requests a certificate of another domain',
    'acm:RequestCertificate',
    '*',
    { ...TAG, 'acm:DomainNames': ['acme-orders.api.example.com', 'www.example.com'] },
  ],
  [
    'requests a certificate without the tag',
    'acm:RequestCertificate',
    '*',
    { 'acm:DomainNames': 'acme-orders.api.example.com' },
  ],
  ['deletes a certificate without the tag', 'acm:DeleteCertificate', CERTIFICATE],
  ['deletes the certificate of another prefix', 'acm:DeleteCertificate', CERTIFICATE, OF_OTHER],
  ['gives a certificate the tag', 'acm:AddTagsToCertificate', CERTIFICATE, TAG],
  [
    'gives a certificate the tag in upper case',
    'acm:AddTagsToCertificate',
    CERTIFICATE,
    { ...TAG, 'aws:TagKeys': ['team', 'NAMEPREFIX'] },
  ],
  ['exports the private key of a certificate', 'acm:ExportCertificate', CERTIFICATE],
  ['changes the domain name of another prefix', 'apigateway:PATCH', domainName('other-orders.api.example.com')],
  ['maps the domain name of another prefix', 'apigateway:POST', `${domainName('api.example.com')}/apimappings`],
  ['creates a domain name without the tag', 'apigateway:POST', `arn:aws:apigateway:${REGION}::/domainnames`],
  [
    'creates the role of another service',
    'iam:CreateServiceLinkedRole',
    serviceRole('ecs', 'AWSServiceRoleForECS'),
    { 'iam:AWSServiceName': 'ecs.amazonaws.com' },
  ],
  [
    'creates the role of API Gateway for another service',
    'iam:CreateServiceLinkedRole',
    serviceRole('ops.apigateway', 'AWSServiceRoleForAPIGateway'),
    { 'iam:AWSServiceName': 'ecs.amazonaws.com' },
  ],
];

/** Steps with the permissions of alarms. */
export const MONITORING_STEPS: readonly Step[] = [
  [
    'sends the alarms to a server',
    'sns:Subscribe',
    `arn:aws:sns:${REGION}:${ACCOUNT}:acme-orders-api-alarms`,
    { 'sns:Protocol': 'https', 'sns:Endpoint': 'https://example.com' },
  ],
  [
    'sends the alarms to a queue of another account',
    'sns:Subscribe',
    `arn:aws:sns:${REGION}:${ACCOUNT}:acme-orders-api-alarms`,
    { 'sns:Protocol': 'sqs', 'sns:Endpoint': `arn:aws:sqs:${REGION}:444455556666:queue` },
  ],
  ['writes metrics of another namespace', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'AWS/Lambda' }],
];

/** Calls that a deployment with the settings FEATURES makes. IAM must allow each call to `deploy`. */
export const DOMAIN_CALLS: readonly Call[] = [
  {
    action: 'acm:RequestCertificate',
    resource: '*',
    context: { ...TAG, 'acm:DomainNames': 'acme-orders.api.example.com' },
  },
  { action: 'acm:AddTagsToCertificate', resource: CERTIFICATE.replace(/[^/]*$/, '*'), context: TAG },
  ...['acm:DescribeCertificate', 'acm:ListTagsForCertificate', 'acm:DeleteCertificate'].map((action) => ({
    action,
    resource: CERTIFICATE,
    context: { 'aws:ResourceTag/namePrefix': 'acme' },
  })),
  ...['acme-orders.api.example.com', '_a1b2.acme-orders-staging.api.example.com'].map((name) => ({
    action: 'route53:ChangeResourceRecordSets',
    resource: ZONE,
    context: records(name),
  })),
  { action: 'route53:ListResourceRecordSets', resource: ZONE },
  { action: 'route53:GetHostedZone', resource: ZONE },
  { action: 'route53:GetChange', resource: 'arn:aws:route53:::change/C1' },
  { action: 'apigateway:POST', resource: `arn:aws:apigateway:${REGION}::/domainnames`, context: TAG },
  ...['GET', 'PATCH', 'DELETE'].map((method) => ({
    action: `apigateway:${method}`,
    resource: domainName('acme-orders.api.example.com'),
  })),
  { action: 'apigateway:POST', resource: `${domainName('acme-orders.api.example.com')}/apimappings` },
  {
    action: 'iam:CreateServiceLinkedRole',
    resource: serviceRole('ops.apigateway', 'AWSServiceRoleForAPIGateway'),
    context: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' },
  },
];
