/** Decides who may call a method of a REST API. */
import type { CognitoAuthorization, IamAuthorization, RestRouteDeployment } from '../../../model/deployment';
import type { TokenVerifier } from '../../tokens/token-verifier';
import { type Authorized, refused } from '../authorization-result';
import { type Functions, notImplemented } from '../gateway';
import { ACTION } from '../iam/condition-context';
import { restIamIdentity } from '../iam/identity';
import { hasSignature, NOT_SIGNED } from '../iam/signature-check';
import type { SignedCallers } from '../iam/signed-callers';
import type { GatewayRequest } from '../request';
import type { ApiPolicy } from './api-policy';
import { authorizeCognitoToken } from './cognito-authorizer';
import * as errors from './errors';
import type { RestApiEvent } from './event';
import { RestLambdaAuthorizers } from './lambda-authorizer';

export class RestApiAuthorizer {
  private readonly lambdaAuthorizers: RestLambdaAuthorizers;

  constructor(
    functions: Functions,
    private readonly policy: ApiPolicy,
    private readonly verifier: TokenVerifier,
    private readonly callers: SignedCallers,
  ) {
    this.lambdaAuthorizers = new RestLambdaAuthorizers(functions, policy);
  }

  /**
   * @param createEvent creates the event of the method
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
        return this.authorizeCognito(authorization, request, createEvent);
      case 'rest-lambda':
        return this.lambdaAuthorizers.authorize(authorization, request, createEvent);
      default:
        throw new Error(`A REST API has no authorization of the kind ${authorization?.kind}.`);
    }
  }

  /** With a token of Cognito, the policy must let the caller in, as an anonymous caller. */
  private async authorizeCognito(
    authorization: CognitoAuthorization,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
  ): Promise<Authorized> {
    const authorized = await authorizeCognitoToken(authorization, request, this.verifier);
    const refusal = authorized.allowed ? this.policy.refuse(request, createEvent().path) : undefined;
    return refusal ? refused(refusal) : authorized;
  }

  private authorizeSigned(
    { stageArn = '' }: IamAuthorization,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
  ): Authorized {
    if (!hasSignature(request)) return refused(errors.notSigned(request, NOT_SIGNED));
    const { path } = createEvent();
    const resource = `${stageArn}/${request.method}${path}`;
    const decision = this.callers.authorize(request, { action: ACTION, resource }, ({ roleArn, identity }) =>
      this.policy.decide(request, path, { roleArn, userArn: identity.userArn }),
    );
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
