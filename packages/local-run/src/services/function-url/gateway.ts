/** Serves a function URL (Lambda developer guide, "Invoking Lambda function URLs"). */
import { randomUUID } from 'node:crypto';
import type { FunctionUrlDeployment, HttpApiDeployment, RouteDeployment } from '../../model/deployment';
import { type Functions, type Gateway, notImplemented, type Outcome } from '../api-gateway/gateway';
import { Cors } from '../api-gateway/http-api/cors';
import { httpApiEvent } from '../api-gateway/http-api/event';
import { httpApiResponse } from '../api-gateway/http-api/result';
import { hasSignature, httpIamContext, NOT_SIGNED } from '../api-gateway/iam-authorization';
import type { GatewayRequest } from '../api-gateway/request';
import * as errors from './errors';

export class FunctionUrlGateway implements Gateway {
  readonly requestIdHeader = 'x-amzn-requestid';
  private readonly cors: Cors | undefined;
  /** Function URLs have the events of HTTP APIs. */
  private readonly httpApi: HttpApiDeployment;

  constructor(
    private readonly functionUrl: FunctionUrlDeployment,
    private readonly functions: Functions,
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
    if (route.authorization && !hasSignature(request)) return errors.forbidden(NOT_SIGNED);
    if (request.isBodyTooLarge) return errors.bodyTooLarge('the body is larger than 6 MB');
    const target = this.functions.get(route.functionArn);
    if (!target) return errors.internalError(`there is no function ${route.functionArn}`);
    const { invocation, finished } = target.invoke(this.event(route, request), request.traceId, route.qualifier);
    try {
      const { json, cold, calls } = await finished;
      return { response: httpApiResponse(json), invocation, cold, calls };
    } catch (error) {
      return { ...errors.invocationFailed(error), invocation };
    }
  }

  /** The event of an HTTP API. Without authorization, the caller is `anonymous`. */
  private event({ routeKey, authorization }: RouteDeployment, request: GatewayRequest): Record<string, unknown> {
    const authorizer = authorization && httpIamContext(request);
    const routed = { routeKey, path: request.rawPath, pathParameters: {}, authorizer };
    const event = httpApiEvent(request, this.httpApi, routed);
    if (authorization) return event;
    return { ...event, requestContext: { ...(event['requestContext'] as object), accountId: 'anonymous' } };
  }
}
