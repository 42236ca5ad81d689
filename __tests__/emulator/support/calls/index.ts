/** Translates requests to AWS into calls as IAM sees them: action, resource and condition keys. */
import type { Call } from '../../../support/iam/call';
import { ApiGatewayCalls } from './api-gateway';
import { CertificateCalls, route53Calls } from './domains';
import { IamCalls } from './iam';
import { dynamodbCalls, kmsCalls, logsCalls } from './json-services';
import { lambdaCalls } from './lambda';
import { budgetsCalls, cloudwatchCalls, snsCalls } from './monitoring';
import type { AwsRequest } from './request';
import { s3Calls } from './s3';

export class CallReader {
  private readonly iam = new IamCalls();
  private readonly apiGateway = new ApiGatewayCalls();
  private readonly certificates = new CertificateCalls();

  private readonly services: Readonly<Record<string, (request: AwsRequest) => Call[]>> = {
    acm: (request) => this.certificates.of(request),
    apigateway: (request) => this.apiGateway.of(request),
    budgets: budgetsCalls,
    dynamodb: dynamodbCalls,
    iam: (request) => this.iam.of(request),
    kms: kmsCalls,
    lambda: lambdaCalls,
    logs: logsCalls,
    // The name with which CloudWatch's requests are signed.
    monitoring: cloudwatchCalls,
    route53: route53Calls,
    s3: s3Calls,
    sns: snsCalls,
  };

  /**
   * The calls of a request. The first is the request itself; AWS checks the others too, for example `iam:PassRole`.
   * The call of a service that is not in the table has the resource `*`.
   */
  callsOf(request: AwsRequest): readonly [Call, ...Call[]] {
    const { service, method, operation, path } = request;
    const [first, ...others] = this.services[service]?.(request) ?? [];
    const name = operation ?? request.form.get('Action') ?? `${method}${path}`.replace(/\W+/g, '_');
    return [first ?? { action: `${service}:${name}`, resource: '*' }, ...others];
  }

  /** Learns boundaries and tags from a request that succeeded. */
  succeeded(request: AwsRequest, answer: Buffer): void {
    if (request.service === 'iam') this.iam.succeeded(request);
    if (request.service === 'apigateway') this.apiGateway.succeeded(request, answer);
    if (request.service === 'acm') this.certificates.succeeded(request, answer);
  }
}
