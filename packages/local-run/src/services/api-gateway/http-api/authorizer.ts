/** Decides who may call a route of an HTTP API. */
import type { HttpApiDeployment, IamAuthorization, RouteDeployment } from '../../../model/deployment';
import type { TokenVerifier } from '../../tokens/token-verifier';
import { type Authorized, refused } from '../authorization-result';
import { type Functions, notImplemented } from '../gateway';
import { ACTION } from '../iam/condition-context';
import { httpIamContext } from '../iam/identity';
import { hasSignature, NOT_SIGNED } from '../iam/signature-check';
import type { SignedCallers } from '../iam/signed-callers';
import type { GatewayRequest } from '../request';
import * as errors from './errors';
import type { RoutedRequest } from './event';
import { authorizeToken } from './jwt-authorizer';
import { HttpLambdaAuthorizers } from './lambda-authorizer';

export class HttpApiAuthorizer {
  private readonly lambdaAuthorizers: HttpLambdaAuthorizers;

  constructor(
    api: HttpApiDeployment,
    functions: Functions,
    private readonly verifier: TokenVerifier,
    private readonly callers: SignedCallers,
  ) {
    this.lambdaAuthorizers = new HttpLambdaAuthorizers(api, functions);
  }

  /** @returns undefined when everybody may call the route */
  authorize(
    { authorization }: RouteDeployment,
    request: GatewayRequest,
    routed: RoutedRequest,
  ): Promise<Authorized> | Authorized | undefined {
    switch (authorization?.kind) {
      case undefined:
        return undefined;
      case 'iam':
        return this.authorizeSigned(authorization, request, routed);
      case 'jwt':
        return authorizeToken(authorization, request, this.verifier);
      case 'http-lambda':
        return this.lambdaAuthorizers.authorize(authorization, request, routed);
      default:
        throw new Error(`An HTTP API has no authorization of the kind ${authorization?.kind}.`);
    }
  }

  /** The caller sees no difference between a missing signature, a wrong signature and a missing permission. */
  private authorizeSigned(
    { stageArn = '' }: IamAuthorization,
    request: GatewayRequest,
    { path }: RoutedRequest,
  ): Authorized {
    if (!hasSignature(request)) return refused(errors.forbidden(NOT_SIGNED));
    const resource = `${stageArn}/${request.method}${path}`;
    const decision = this.callers.authorize(request, { action: ACTION, resource });
    switch (decision.kind) {
      case 'allowed':
        return { allowed: true, authorizer: httpIamContext(decision.identity) };
      case 'notSimulated':
        return refused(notImplemented(decision.causes, request));
      case 'fault':
        return refused(errors.forbidden(decision.fault.message));
      case 'denied':
        return refused(errors.forbidden(decision.reason));
    }
  }
}
