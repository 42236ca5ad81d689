/** An HTTP API: handles a request in the order in which API Gateway decides. */
import type { HttpApiDeployment, HttpRouteDeployment } from '../../../model/deployment';
import { TokenVerifier } from '../../tokens/token-verifier';
import { withAuthorizerInvocation } from '../authorization-result';
import {
  type Functions,
  type Gateway,
  type HttpResponse,
  type InvokableFunction,
  notImplemented,
  type Outcome,
} from '../gateway';
import { SignedCallers } from '../iam/signed-callers';
import { Matcher } from '../match';
import { type GatewayRequest, headerValuesLength, MAX_HEAD_LENGTH, targetLength } from '../request';
import { newHttpApiRequestId } from '../request-id';
import { Throttles } from '../throttle';
import { withTimeout } from '../timeout';
import { HttpApiAuthorizer } from './authorizer';
import { Cors } from './cors';
import * as errors from './errors';
import { httpApiEvent, type RoutedRequest } from './event';
import { httpApiEventV1 } from './event-v1';
import { mapRequest, mapResponse } from './parameter-mappings';
import { decodePath, removeStage } from './path';
import { httpApiResponse } from './result';
import { httpApiResponseV1 } from './result-v1';

export class HttpApiGateway implements Gateway {
  readonly requestIdHeader = 'apigw-requestid';
  private readonly matcher: Matcher<HttpRouteDeployment>;
  private readonly throttles: Throttles;
  private readonly cors: Cors | undefined;
  private readonly authorizer: HttpApiAuthorizer;

  /**
   * @param verifier verifies tokens. @default a verifier with new keys of its own
   * @param callers decides about signed requests. @default this run issued no credentials
   */
  constructor(
    private readonly api: HttpApiDeployment,
    private readonly functions: Functions,
    verifier = new TokenVerifier(),
    callers = new SignedCallers(),
  ) {
    this.matcher = new Matcher(api.routes);
    this.throttles = new Throttles(api.throttle);
    this.cors = api.cors && new Cors(api.cors);
    this.authorizer = new HttpApiAuthorizer(api, functions, verifier, callers);
  }

  newRequestId(): string {
    return newHttpApiRequestId();
  }

  async handle(request: GatewayRequest): Promise<Outcome> {
    if (this.api.notSimulated) return notImplemented(this.api.notSimulated, request);
    if (targetLength(request) + headerValuesLength(request.rawHeaders) > MAX_HEAD_LENGTH) return errors.headTooLarge();
    const fullPath = decodePath(request.rawPath);
    if (fullPath === undefined) return errors.badRequest('the path has invalid percent-encoding');
    const path = removeStage(fullPath, this.api.stage);
    const match = path === undefined ? undefined : this.matcher.find(request.method, path);
    const preflight = match && takesPreflights(match.route) ? undefined : this.cors?.preflight(request);
    if (preflight) return { response: preflight };
    if (path === undefined) return errors.notFound(`the path does not begin with the stage ${this.api.stage}`);
    if (!match) return errors.notFound('no route matches');
    const { route, pathParameters } = match;
    const { routeKey, notSimulated } = route;
    if (notSimulated) return { ...notImplemented(notSimulated, request), routeKey };
    const routed = { routeKey, path, pathParameters };
    const throttle = this.throttles.find(route);
    if (!throttle.throttle.take()) return { ...errors.tooManyRequests(throttle), routeKey };
    // A reload can replace the function while the request waits for its authorizer.
    const target = this.functions.get(route.functionArn);
    if (!route.authorization) return this.respond(route, request, routed, target);
    const respond = () => this.authorizeAndRespond(route, request, routed, target);
    return target ? target.reserveFor(respond) : respond();
  }

  private async authorizeAndRespond(
    route: HttpRouteDeployment,
    request: GatewayRequest,
    routed: RoutedRequest,
    target: InvokableFunction | undefined,
  ): Promise<Outcome> {
    const authorized = await this.authorizer.authorize(route, request, routed);
    if (authorized?.allowed === false) return { ...authorized.refusal, routeKey: route.routeKey };
    const outcome = await this.respond(route, request, { ...routed, authorizer: authorized?.authorizer }, target);
    return withAuthorizerInvocation(outcome, authorized);
  }

  private async respond(
    route: HttpRouteDeployment,
    request: GatewayRequest,
    routed: RoutedRequest,
    target: InvokableFunction | undefined,
  ): Promise<Outcome> {
    const { routeKey } = route;
    const refusal = this.refuse(route, request);
    if (refusal) return { ...refusal, routeKey };
    const event = this.createEvent(route, request, routed);
    const outcome = await this.invoke(route, request, event, target);
    const { invocation, cold, calls, reason } = outcome;
    const mapped = reason === undefined ? this.mapped(route, request, routed, outcome.response) : outcome.response;
    const response = this.cors ? this.cors.apply(request, mapped) : mapped;
    return { response, routeKey, invocation, cold, calls, reason };
  }

  private createEvent(
    route: HttpRouteDeployment,
    request: GatewayRequest,
    routed: RoutedRequest,
  ): Record<string, unknown> {
    const create = isVersion1(route) ? httpApiEventV1 : httpApiEvent;
    const event = create(request, this.api, routed);
    if (!route.requestMappings) return event;
    const { request: mapped, path } = mapRequest({ request, api: this.api, routed }, route.requestMappings);
    // The context of the event describes the request of the caller.
    const { requestContext } = event;
    const pathField = isVersion1(route) ? 'path' : 'rawPath';
    return {
      ...create(mapped, this.api, routed),
      requestContext,
      ...(path !== undefined && { [pathField]: path }),
    };
  }

  /** The response of the function, after the parameter mappings of the route. */
  private mapped(
    { responseMappings }: HttpRouteDeployment,
    request: GatewayRequest,
    routed: RoutedRequest,
    response: HttpResponse,
  ): HttpResponse {
    return responseMappings ? mapResponse({ request, api: this.api, routed }, response, responseMappings) : response;
  }

  private refuse(route: HttpRouteDeployment, request: GatewayRequest): Outcome | undefined {
    if (request.isBodyTooLarge) return errors.bodyTooLarge('the body is larger than 10 MB');
    if (!route.permitted) {
      return errors.internalError('no aws_lambda_permission lets this API invoke the function for this route');
    }
    return undefined;
  }

  private async invoke(
    route: HttpRouteDeployment,
    { traceId }: GatewayRequest,
    event: Record<string, unknown>,
    target: InvokableFunction | undefined,
  ): Promise<Outcome> {
    if (!target) return errors.internalError(`there is no function ${route.functionArn}`);
    const { invocation, finished } = target.invoke(event, traceId, route.qualifier);
    try {
      const result = await withTimeout(finished, route.timeoutMs);
      if (!result) return { ...errors.timedOut(route), invocation };
      const { json, cold, calls } = result;
      const response = isVersion1(route) ? httpApiResponseV1(json) : httpApiResponse(json);
      return { response, invocation, cold, calls };
    } catch (error) {
      return { ...errors.invocationFailed(error), invocation };
    }
  }
}

function isVersion1({ payloadFormat }: HttpRouteDeployment): boolean {
  return payloadFormat === '1.0';
}

/**
 * Whether preflight requests go to the route, not to the CORS configuration of the API. An authorizer refuses them, because a
 * browser sends them without credentials (developer guide, "Configure CORS for HTTP APIs").
 */
function takesPreflights({ routeKey, authorization }: HttpRouteDeployment): boolean {
  return authorization !== undefined || routeKey.startsWith('OPTIONS ');
}
