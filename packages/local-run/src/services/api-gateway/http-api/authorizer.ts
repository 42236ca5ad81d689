/** Decides who may call a route of an HTTP API. */
import type { HttpApiDeployment, RouteDeployment } from '../../../model/deployment';
import type { TokenVerifier } from '../../tokens/token-verifier';
import type { Authorized } from '../authorization-result';
import type { Functions } from '../gateway';
import { hasSignature, httpIamContext, NOT_SIGNED } from '../iam-authorization';
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
        return hasSignature(request)
          ? { allowed: true, authorizer: httpIamContext(request) }
          : { allowed: false, refusal: errors.forbidden(NOT_SIGNED) };
      case 'jwt':
        return authorizeToken(authorization, request, this.verifier);
      case 'http-lambda':
        return this.lambdaAuthorizers.authorize(authorization, request, routed);
      default:
        throw new Error(`An HTTP API has no authorization of the kind ${authorization?.kind}.`);
    }
  }
}
