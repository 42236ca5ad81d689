/** Decides who may call a method of a REST API. */
import type { RestRouteDeployment } from '../../../model/deployment';
import type { TokenVerifier } from '../../tokens/token-verifier';
import type { Authorized } from '../authorization-result';
import type { Functions } from '../gateway';
import { hasSignature, NOT_SIGNED, restIamIdentity } from '../iam-authorization';
import type { GatewayRequest } from '../request';
import { authorizeCognitoToken } from './cognito-authorizer';
import * as errors from './errors';
import type { RestApiEvent } from './event';
import { RestLambdaAuthorizers } from './lambda-authorizer';

export class RestApiAuthorizer {
  private readonly lambdaAuthorizers: RestLambdaAuthorizers;

  constructor(
    functions: Functions,
    private readonly verifier: TokenVerifier,
  ) {
    this.lambdaAuthorizers = new RestLambdaAuthorizers(functions);
  }

  /**
   * @param createEvent creates the event of the method. Only Lambda authorizers need it
   * @returns undefined when everybody may call the method
   */
  authorize(
    { authorization }: RestRouteDeployment,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
  ): Promise<Authorized> | Authorized | undefined {
    switch (authorization?.kind) {
      case undefined:
        return undefined;
      case 'iam':
        return hasSignature(request)
          ? { allowed: true, identity: restIamIdentity(request) }
          : { allowed: false, refusal: errors.notSigned(request, NOT_SIGNED) };
      case 'cognito':
        return authorizeCognitoToken(authorization, request, this.verifier);
      case 'rest-lambda':
        return this.lambdaAuthorizers.authorize(authorization, request, createEvent);
      default:
        throw new Error(`A REST API has no authorization of the kind ${authorization?.kind}.`);
    }
  }
}
