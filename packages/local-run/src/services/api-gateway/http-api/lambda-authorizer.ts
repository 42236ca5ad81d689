/** Lambda authorizers of an HTTP API (API Gateway developer guide, "Control access to HTTP APIs with AWS Lambda authorizers"). */
import type { HttpApiDeployment, HttpLambdaAuthorization } from '../../../model/deployment';
import { type Authorized, refused } from '../authorization-result';
import type { Functions } from '../gateway';
import { AuthorizerError, AuthorizerFunctions } from '../lambda-authorizer/authorizer-functions';
import { httpContextVariables } from '../lambda-authorizer/context-variables';
import { readIdentity } from '../lambda-authorizer/identity';
import { readPolicyResult, readSimpleResponse } from '../lambda-authorizer/results';
import type { GatewayRequest } from '../request';
import { authorizerEventV1, authorizerEventV2 } from './authorizer-event';
import * as errors from './errors';
import type { RoutedRequest } from './event';

/** API Gateway's maximum for an authorizer of an HTTP API (developer guide, "Quotas for HTTP APIs"). */
const TIMEOUT_MS = 10_000;

export class HttpLambdaAuthorizers {
  private readonly authorizers: AuthorizerFunctions;

  constructor(
    private readonly api: HttpApiDeployment,
    functions: Functions,
  ) {
    this.authorizers = new AuthorizerFunctions(functions, TIMEOUT_MS);
  }

  async authorize(
    authorizer: HttpLambdaAuthorization,
    request: GatewayRequest,
    routed: RoutedRequest,
  ): Promise<Authorized> {
    const context = httpContextVariables(request, this.api, routed);
    const identity = readIdentity(authorizer.identitySources, {
      ...request,
      context,
      stageVariables: this.api.stageVariables,
    });
    if ('missing' in identity) {
      return refused(errors.unauthorized(`the request lacks the identity source ${identity.missing}`));
    }
    const methodArn = `${authorizer.stageArn}/${request.method}${routed.path}`;
    const fields = { methodArn, identity: identity.values };
    const event = () =>
      authorizer.payloadFormat === '2.0'
        ? authorizerEventV2(request, this.api, routed, fields)
        : authorizerEventV1(request, this.api, routed, fields);
    const read = authorizer.simpleResponses
      ? readSimpleResponse
      : (result: unknown) => readPolicyResult(result, { flatContext: false });
    try {
      const call = { authorizer, identity: identity.values, event, traceId: request.traceId };
      const { result, details } = await this.authorizers.call(call, read);
      const decision = result.decide(methodArn, request);
      if (decision === 'allowed') return { allowed: true, authorizer: { lambda: result.context ?? null }, details };
      return refused({ ...errors.forbidden(result.reasonOf(decision)), ...details });
    } catch (error) {
      if (!(error instanceof AuthorizerError)) throw error;
      return refused({ ...errors.internalError(error.message), ...error.details });
    }
  }
}
