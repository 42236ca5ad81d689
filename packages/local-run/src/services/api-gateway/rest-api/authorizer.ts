/** Decides who may call a method of a REST API. */
import type { IamAuthorization, RestRouteDeployment } from '../../../model/deployment';
import type { TokenVerifier } from '../../tokens/token-verifier';
import { type Authorized, refused } from '../authorization-result';
import { type Functions, notImplemented } from '../gateway';
import { restIamIdentity } from '../iam/identity';
import { hasSignature, NOT_SIGNED } from '../iam/signature-check';
import type { SignedCallers } from '../iam/signed-callers';
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
    private readonly callers: SignedCallers,
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
        return this.authorizeSigned(authorization, request, createEvent);
      case 'cognito':
        return authorizeCognitoToken(authorization, request, this.verifier);
      case 'rest-lambda':
        return this.lambdaAuthorizers.authorize(authorization, request, createEvent);
      default:
        throw new Error(`A REST API has no authorization of the kind ${authorization?.kind}.`);
    }
  }

  private authorizeSigned(
    { stageArn = '' }: IamAuthorization,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
  ): Authorized {
    if (!hasSignature(request)) return refused(errors.notSigned(request, NOT_SIGNED));
    const resource = `${stageArn}/${request.method}${createEvent().path}`;
    const decision = this.callers.authorize(request, { action: 'execute-api:Invoke', resource });
    switch (decision.kind) {
      case 'allowed':
        return { allowed: true, identity: restIamIdentity(decision.identity) };
      case 'notSimulated':
        return refused(notImplemented(decision.causes, request));
      case 'fault':
        return refused(errors.wrongSignature(decision.fault));
      case 'denied':
        return refused(errors.userNotAuthorized({ ...decision, resource }));
    }
  }
}
