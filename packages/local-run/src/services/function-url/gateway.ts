/** Serves a function URL (Lambda developer guide, "Invoking Lambda function URLs"). */
import { randomUUID } from 'node:crypto';
import type {
  FunctionUrlAction,
  FunctionUrlDeployment,
  HttpApiDeployment,
  RouteDeployment,
} from '../../model/deployment';
import { type Authorized, refused } from '../api-gateway/authorization-result';
import { type Functions, type Gateway, notImplemented, type Outcome } from '../api-gateway/gateway';
import { Cors } from '../api-gateway/http-api/cors';
import { httpApiEvent } from '../api-gateway/http-api/event';
import { httpApiResponse } from '../api-gateway/http-api/result';
import { httpIamContext } from '../api-gateway/iam/identity';
import { hasSignature, NOT_SIGNED } from '../api-gateway/iam/signature-check';
import { SignedCallers } from '../api-gateway/iam/signed-callers';
import type { GatewayRequest } from '../api-gateway/request';
import * as errors from './errors';

export class FunctionUrlGateway implements Gateway {
  readonly requestIdHeader = 'x-amzn-requestid';
  private readonly cors: Cors | undefined;
  /** Function URLs have the events of HTTP APIs. */
  private readonly httpApi: HttpApiDeployment;

  /** @param callers decides about signed requests. @default this run issued no credentials */
  constructor(
    private readonly functionUrl: FunctionUrlDeployment,
    private readonly functions: Functions,
    private readonly callers = new SignedCallers(),
  ) {
    this.cors = functionUrl.cors && new Cors(functionUrl.cors);
    this.httpApi = { ...functionUrl, kind: 'http-api' };
  }

  newRequestId(): string {
    return randomUUID();
  }

  async handle(request: GatewayRequest): Promise<Outcome> {
    const [route] = this.functionUrl.routes;
    if (!route) return errors.internalError('the function URL has no function');
    const { routeKey, notSimulated } = route;
    if (notSimulated) return { ...notImplemented(notSimulated, request), routeKey };
    const preflight = this.cors?.preflight(request);
    if (preflight) return { response: { ...preflight, status: 200 }, routeKey };
    const outcome = await this.authorizeAndInvoke(route, request);
    const response = this.cors ? this.cors.apply(request, outcome.response) : outcome.response;
    return { ...outcome, response, routeKey };
  }

  private async authorizeAndInvoke(route: RouteDeployment, request: GatewayRequest): Promise<Outcome> {
    const authorized = this.authorize(route, request);
    if (authorized?.allowed === false) return authorized.refusal;
    if (request.isBodyTooLarge) return errors.bodyTooLarge('the body is larger than 6 MB');
    const target = this.functions.get(route.functionArn);
    if (!target) return errors.internalError(`there is no function ${route.functionArn}`);
    const event = this.event(route, request, authorized?.authorizer);
    const { invocation, finished } = target.invoke(event, request.traceId, route.qualifier);
    try {
      const { json, cold, calls } = await finished;
      return { response: httpApiResponse(json), invocation, cold, calls };
    } catch (error) {
      return { ...errors.invocationFailed(error), invocation };
    }
  }

  /** @returns undefined when everybody may call the URL */
  private authorize(
    { authorization, functionArn, qualifier }: RouteDeployment,
    request: GatewayRequest,
  ): Authorized | undefined {
    if (!authorization) return undefined;
    if (!hasSignature(request)) return refused(errors.forbidden(NOT_SIGNED));
    const resource = qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`;
    const { principals } = authorization.kind === 'iam' ? authorization : {};
    const decide = (action: FunctionUrlAction) =>
      this.callers.authorize(request, { action, resource }, ({ roleArn = '' }) =>
        ['*', roleArn].some((name) => principals?.[action].includes(name)) ? 'allowed' : 'implicitDeny',
      );
    const decisionAboutUrl = decide('lambda:InvokeFunctionUrl');
    const decision = decisionAboutUrl.kind === 'allowed' ? decide('lambda:InvokeFunction') : decisionAboutUrl;
    switch (decision.kind) {
      case 'allowed':
        return { allowed: true, authorizer: httpIamContext(decision.identity) };
      case 'notSimulated':
        return refused(notImplemented(decision.causes, request));
      case 'fault':
        return refused(errors.wrongSignature(decision.fault));
      case 'denied':
        return refused(errors.forbidden(decision.reason));
    }
  }

  /** The event of an HTTP API. Without authorization, the caller is `anonymous`. */
  private event(
    { routeKey }: RouteDeployment,
    request: GatewayRequest,
    authorizer: object | undefined,
  ): Record<string, unknown> {
    const routed = { routeKey, path: request.rawPath, pathParameters: {}, authorizer };
    const event = httpApiEvent(request, this.httpApi, routed);
    if (authorizer) return event;
    return { ...event, requestContext: { ...(event['requestContext'] as object), accountId: 'anonymous' } };
  }
}
